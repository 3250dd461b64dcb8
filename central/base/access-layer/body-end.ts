import type { Questions, Transaction } from '../base.ts';
import { lockBody } from './body-changes.ts';
import { roleMayHold } from './in-force.ts';
import { recordChange } from './structure-history.ts';

/** What ends with a body: by the next click nobody may do anything there. */
export interface Ending {
  readonly people: number;
  readonly roles: number;
  readonly grants: number;
  readonly structures: number;
  readonly proposals: number;
}

export async function endingOf(questions: Questions, body: string, now: Date): Promise<Ending> {
  const [found] = await questions.query<Ending>(
    `SELECT (SELECT count(DISTINCT pessoa)::int FROM acesso.papel p WHERE orgao = $1 AND ${roleMayHold('p', '$2')}) AS people,
            (SELECT count(*)::int FROM acesso.papel p WHERE orgao = $1 AND ${roleMayHold('p', '$2')}) AS roles,
            (SELECT count(*)::int FROM acesso.concessao WHERE orgao = $1 AND encerrada IS NULL AND ate > $2) AS grants,
            (SELECT count(*)::int FROM acesso.estrutura WHERE orgao = $1 AND encerrada IS NULL) AS structures,
            (SELECT count(*)::int FROM acesso.concessao_proposta WHERE orgao = $1 AND decidida IS NULL AND retirada IS NULL AND prazo > $2) AS proposals`,
    [body, now],
  );
  return found ?? { people: 0, roles: 0, grants: 0, structures: 0, proposals: 0 };
}

/**
 * For good, with all that its people may there. Whatever was changed of it meanwhile, and however much today: else its own
 * people could keep it from being ended. Null where it was; `central` of the one that looks after all others.
 * @param by who did it; null: at the terminal
 */
export async function endBody(
  tx: Transaction,
  { body, by, reason }: { readonly body: string; readonly by: string | null; readonly reason: string },
  now: Date,
): Promise<null | 'ended' | 'central'> {
  if ((await lockBody(tx, body)) === null) return 'ended';
  const ended = await tx.query(
    'UPDATE acesso.orgao SET encerrado = $2 WHERE id = $1 AND NOT central RETURNING 1',
    [body, now],
  );
  if (ended.length === 0) return 'central';
  await recordChange(tx, { body, what: 'body-ended', reason }, by, now);
  return null;
}
