import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** A register at which nobody looks without an auditor seeing it. */
export interface Watched {
  /** Its `natal_id`. */
  readonly register: string;
  readonly reason: string;
  readonly since: string;
}

/** Those first that are watched the longest. */
export function listWatched(questions: Questions): Promise<Watched[]> {
  return questions.query<Watched>(
    `SELECT registro AS register, motivo AS reason, ${instant('desde')} AS since
       FROM acesso.vigiado ORDER BY desde, registro`,
  );
}

/** False where it was watched already: the reason stays the one it was. */
export async function watch(
  tx: Transaction,
  { register, reason }: Pick<Watched, 'register' | 'reason'>,
  now: Date,
): Promise<boolean> {
  const added = await tx.query(
    'INSERT INTO acesso.vigiado (registro, motivo, desde) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
    [register, reason, now],
  );
  return added.length > 0;
}

/** False where it was not watched. */
export async function unwatch(tx: Transaction, register: string): Promise<boolean> {
  const removed = await tx.query('DELETE FROM acesso.vigiado WHERE registro = $1 RETURNING 1', [register]);
  return removed.length > 0;
}

/** How many of these registers are watched over. */
export async function watchedAmong(questions: Questions, registers: readonly string[]): Promise<number> {
  const [found] = await questions.query<{ watched: number }>(
    'SELECT count(*)::int AS watched FROM acesso.vigiado WHERE registro = ANY ($1)',
    [registers],
  );
  return found?.watched ?? 0;
}
