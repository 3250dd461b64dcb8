import type { Questions } from '../base.ts';
import { type Blocked, blockedAt } from './in-force.ts';

/** Somebody who is kept out, as those see it who may let them in again. */
export interface BlockedPerson {
  readonly id: string;
  readonly name: string;
  readonly blocked: Blocked;
  /** Why, in the words of who did it; null of who did nothing for too long. */
  readonly reason: string | null;
  /** What nobody has ended of what they were in the body. */
  readonly roles: readonly string[];
}

/**
 * Those of a body who are kept out: who have a role there that nobody has ended, whether or not it holds. By name.
 * @param id of one alone; null: all
 */
export function blockedPeople(
  questions: Questions,
  { body, id = null }: { readonly body: string; readonly id?: string | null },
  now: Date,
): Promise<BlockedPerson[]> {
  return questions.query<BlockedPerson>(
    `SELECT * FROM (
       SELECT p.id, p.nome AS name, ${blockedAt('p', '$2::timestamptz')} AS blocked, p.bloqueio AS reason,
              array_agg(DISTINCT r.papel ORDER BY r.papel) AS roles
         FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa
        WHERE r.orgao = $1 AND r.encerrado IS NULL AND ($3::uuid IS NULL OR p.id = $3) GROUP BY p.id) found
      WHERE blocked IS NOT NULL ORDER BY name, id`,
    [body, now, id],
  );
}
