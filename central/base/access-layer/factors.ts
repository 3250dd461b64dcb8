import type { Transaction } from '../base.ts';
import { endSessionsOf } from './sessions.ts';

/**
 * Removes all of somebody who has lost them, and ends their sessions: by their next sign-in they register one anew.
 * Says how many there were of each.
 * @param why the sessions end, a word for the audit
 */
export async function removeFactorsOf(
  tx: Transaction,
  { person, why }: { readonly person: string; readonly why: string },
  now: Date,
): Promise<{ readonly factors: number; readonly sessions: number }> {
  const held = await tx.query(
    'UPDATE acesso.fator SET removido = $2 WHERE pessoa = $1 AND removido IS NULL RETURNING 1',
    [person, now],
  );
  return { factors: held.length, sessions: await endSessionsOf(tx, { person, why }, now) };
}
