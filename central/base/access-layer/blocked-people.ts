import type { Questions } from '../base.ts';
import { type Blocked, blockedAt } from './in-force.ts';
import type { PageAsked } from './page-asked.ts';
import { isAccountSeenFrom } from './seen-from.ts';

/** Somebody who is kept out, as those see it who may let them in again. */
export interface BlockedPerson {
  readonly id: string;
  readonly name: string;
  readonly blocked: Blocked;
  /** Why, in the words of who did it; null of who did nothing for too long. */
  readonly reason: string | null;
  /** What nobody has ended of what they are, whether or not it holds; none of whom it is all over. */
  readonly roles: readonly { readonly body: string; readonly role: string }[];
}

/**
 * A page of those who are kept out and have a role whose term is not over: as far as it is for who
 * works in a body to let them in: from the central one all, who is in it first, in it by name; from another its own, but whom
 * the central one blocked or looks after.
 * @param from the body
 */
export function blockedPeople(
  questions: Questions,
  { from, skip, most }: PageAsked & { readonly from: string },
  now: Date,
): Promise<BlockedPerson[]> {
  return questions.query<BlockedPerson>(
    `${selected} WHERE r.encerrado IS NULL AND r.ate > $1 GROUP BY p.id) found
      WHERE ${isFor} ORDER BY NOT $2::uuid = ANY (bodies), name, id LIMIT $3 OFFSET $4`,
    [now, from, most, skip],
  );
}

/** One of them, or somebody who had a role once: who asks for access anew is let in again before. Null where nobody is. */
export async function blockedPerson(
  questions: Questions,
  { from, id }: { readonly from: string; readonly id: string },
  now: Date,
): Promise<BlockedPerson | null> {
  const [found] = await questions.query<BlockedPerson>(
    `${selected} WHERE p.id = $3 GROUP BY p.id) found WHERE ${isFor}`,
    [now, from, id],
  );
  return found ?? null;
}

/** That somebody is kept out, and let in from the body `$2`. */
const isFor = `blocked IS NOT NULL AND (EXISTS (SELECT FROM acesso.orgao c WHERE c.id = $2 AND c.central)
  OR $2::uuid = ANY (bodies) AND blocked->>'why' = 'idle' AND ${isAccountSeenFrom('found.id', '$2::uuid')})`;

/** As of `$1`, now. */
const selected = `SELECT id, name, blocked, reason, roles FROM (
  SELECT p.id, p.nome AS name, ${blockedAt('p', '$1::timestamptz')} AS blocked, p.bloqueio AS reason, array_agg(r.orgao) AS bodies,
         coalesce(json_agg(json_build_object('body', o.sigla, 'role', r.papel) ORDER BY o.sigla, r.papel)
           FILTER (WHERE r.encerrado IS NULL), '[]') AS roles
    FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao`;
