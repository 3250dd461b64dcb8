import type { Questions } from '../base.ts';

/** What a person has said of two registers (by their `natal_id`, `a` before `b`), and nobody has revoked. */
export interface LinkDecision {
  readonly number: number;
  readonly a: string;
  readonly b: string;
  readonly says: 'same' | 'distinct' | 'unsure';
}

const standing = `SELECT numero::int AS number, a::text, b::text, diz AS says FROM decidido.vinculo v
   WHERE revoga IS NULL AND sal IS NOT NULL AND NOT EXISTS (SELECT FROM decidido.vinculo r WHERE r.revoga = v.numero)`;

/**
 * What holds of some registers, in the order in which it was said: of a pair the last that nobody has revoked.
 * @param registers those of which one at the least is named by each
 */
export async function decisionsOn(
  questions: Questions,
  registers: readonly string[],
): Promise<LinkDecision[]> {
  const said = await questions.query<LinkDecision>(
    `SELECT * FROM (${standing} AND a = ANY ($1::uuid[]) UNION ${standing} AND b = ANY ($1::uuid[])) d ORDER BY number`,
    [registers],
  );
  return lastOfPairs(said);
}

/** The same of all registers. */
export async function allDecisions(questions: Questions): Promise<LinkDecision[]> {
  return lastOfPairs(await questions.query<LinkDecision>(`${standing} ORDER BY numero`));
}

function lastOfPairs(said: readonly LinkDecision[]): LinkDecision[] {
  return [...new Map(said.map((each) => [`${each.a} ${each.b}`, each])).values()];
}
