import type { Questions } from '../base.ts';
import { type Blocked, blockedAt } from './in-force.ts';

/** Somebody who is kept out, as those see it who may let them in again. */
export interface BlockedPerson {
  readonly id: string;
  readonly name: string;
  readonly blocked: Blocked;
  /** Why, in the words of who did it; null of who did nothing for too long. */
  readonly reason: string | null;
  /** What nobody has ended of what they are, whether or not it holds. */
  readonly roles: readonly { readonly body: string; readonly role: string }[];
}

/** More than anybody looks at in a day. */
const most = 500;

/**
 * Those who are kept out and have a role that nobody has ended: who is in a body first, in it by name.
 * @param first the body @param id of one alone; null: all
 */
export function blockedPeople(
  questions: Questions,
  { first, id = null }: { readonly first: string; readonly id?: string | null },
  now: Date,
): Promise<BlockedPerson[]> {
  return questions.query<BlockedPerson>(
    `SELECT id, name, blocked, reason, roles FROM (
       SELECT p.id, p.nome AS name, ${blockedAt('p', '$2::timestamptz')} AS blocked, p.bloqueio AS reason,
              bool_or(r.orgao = $1) AS first,
              json_agg(json_build_object('body', o.sigla, 'role', r.papel) ORDER BY o.sigla, r.papel) AS roles
         FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa
         JOIN acesso.orgao o ON o.id = r.orgao
        WHERE r.encerrado IS NULL AND ($3::uuid IS NULL OR p.id = $3) GROUP BY p.id) found
      WHERE blocked IS NOT NULL ORDER BY NOT first, name, id LIMIT ${most}`,
    [first, now, id],
  );
}
