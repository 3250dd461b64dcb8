import { startOfDay } from '../../../shared/day.ts';
import type { Transaction } from '../base.ts';
import { most } from './most.ts';
import type { TreeFault } from './structure-tree.ts';

/** Why nothing was done; null: it was. */
export type Outcome =
  | null
  | TreeFault
  | 'changed'
  | 'ended'
  | 'has-people'
  | 'short-taken'
  | 'too-many-changes'
  | 'there-already';

/** What somebody does, to which body, and of which version of it the form was made. */
export interface Changing {
  readonly body: string;
  readonly version: number;
  readonly by: string;
}

/**
 * Waits for whoever else changes the body, its structures, collections or ties, until the transaction ends; null where
 * there is none that has not ended.
 */
export async function lockBody(tx: Transaction, body: string): Promise<{ readonly version: number } | null> {
  const [found] = await tx.query<{ version: number }>(
    'SELECT versao AS version FROM acesso.orgao WHERE id = $1 AND encerrado IS NULL FOR NO KEY UPDATE',
    [body],
  );
  return found ?? null;
}

/** Does something to a body that nobody has changed since its form was made. What comes to an outcome did nothing. */
export async function changing(
  tx: Transaction,
  { body, version }: Changing,
  now: Date,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  const locked = await lockBody(tx, body);
  if (locked === null) return 'ended';
  if (locked.version !== version) return 'changed';
  const [today] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM acesso.estrutura_historia WHERE orgao = $1 AND quando >= $2',
    [body, startOfDay(now)],
  );
  if ((today?.count ?? 0) >= most.structureChanges.value) return 'too-many-changes';
  const outcome = await work();
  if (outcome === null) {
    await tx.query('UPDATE acesso.orgao SET versao = versao + 1 WHERE id = $1', [body]);
  }
  return outcome;
}
