import type { Questions } from '../base.ts';
import { roleMayHold } from './in-force.ts';

/** What decides how much somebody still has to do when they enter. */
export interface EntryFacts {
  /** Of all bodies, those that hold now or will: whoever enters today may work in them before the session is over. */
  readonly roles: readonly string[];
  /** Whether they have a second factor here. */
  readonly hasFactor: boolean;
  /** Whether their password is one that was given to them, to be changed. */
  readonly hasTemporaryPassword: boolean;
}

export async function entryFactsOf(questions: Questions, person: string, now: Date): Promise<EntryFacts> {
  const [found] = await questions.query<EntryFacts>(
    `SELECT coalesce((SELECT array_agg(DISTINCT papel ORDER BY papel) FROM acesso.papel
                       WHERE pessoa = $1 AND ${roleMayHold('papel', '$2')}), '{}') AS roles,
            EXISTS (SELECT FROM acesso.fator WHERE pessoa = $1 AND removido IS NULL) AS "hasFactor",
            EXISTS (SELECT FROM acesso.senha WHERE pessoa = $1 AND provisoria_ate IS NOT NULL)
              AS "hasTemporaryPassword"`,
    [person, now],
  );
  return found as EntryFacts;
}
