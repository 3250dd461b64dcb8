import type { Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** So many failures cost nothing; each one more doubles the time until the next try, up to the longest. */
export const freeTries = 5;
const firstDelaySeconds = 60;
const longestDelaySeconds = 60 * 60;
/** Failures so long ago do not count any more. */
const forgottenHours = 24;

/**
 * How long nobody may try at this target, in seconds; 0: now. Who asks in a transaction waits for others who try at it.
 * @param target what is guessed at: an account, an address, with a word before it that says which
 */
export async function triesLeft(tx: Transaction, target: string, now: Date): Promise<number> {
  const [found] = await tx.query<{ until: string }>(
    `SELECT ${instant('ate')} AS until FROM acesso.tentativa WHERE alvo = $1 FOR UPDATE`,
    [target],
  );
  return found === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(found.until) - now.getTime()) / 1000));
}

/** Writes down that a try failed; returns for how many seconds nobody may try. */
export async function failed(tx: Transaction, target: string, now: Date): Promise<number> {
  const [written] = await tx.query<{ failures: number }>(
    `INSERT INTO acesso.tentativa AS t (alvo, falhas, ultima, ate) VALUES ($1, 1, $2, $2)
     ON CONFLICT (alvo) DO UPDATE SET ultima = $2,
       falhas = CASE WHEN t.ultima > $2::timestamptz - $3 * interval '1 hour' THEN t.falhas + 1 ELSE 1 END
     RETURNING falhas AS failures`,
    [target, now, forgottenHours],
  );
  const seconds = delaySeconds(written?.failures ?? 1);
  await tx.query('UPDATE acesso.tentativa SET ate = $2 WHERE alvo = $1', [
    target,
    new Date(now.getTime() + seconds * 1000),
  ]);
  return seconds;
}

/** Whoever got in was no guesser: what failed before is forgotten. */
export async function succeeded(tx: Transaction, target: string): Promise<void> {
  await tx.query('DELETE FROM acesso.tentativa WHERE alvo = $1', [target]);
}

/** @param failures one behind the other */
export function delaySeconds(failures: number): number {
  if (failures < freeTries) return 0;
  return Math.min(firstDelaySeconds * 2 ** (failures - freeTries), longestDelaySeconds);
}
