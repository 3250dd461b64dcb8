import type { Questions } from '../base.ts';
import { instantToSecond } from '../instants.ts';
import type { LinkDecision } from './link-decisions.ts';

/** A decision as it was said, whether or not it still stands. */
export interface SaidDecision extends LinkDecision {
  readonly who: string;
  readonly reason: string;
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
  /** By which decision it was undone; null where it was not. */
  readonly undoneBy: number | null;
}

/** All that was ever said of some registers, in its order; the first ones. */
export function decisionHistory(
  questions: Questions,
  registers: readonly string[],
  most: number,
): Promise<SaidDecision[]> {
  return questions.query(
    `SELECT v.numero::int AS number, v.a::text, v.b::text, v.diz AS says, v.quem AS who, v.motivo AS reason,
            ${instantToSecond('v.quando')} AS at, r.numero::int AS "undoneBy"
       FROM (SELECT * FROM decidido.vinculo WHERE a = ANY ($1::uuid[])
             UNION SELECT * FROM decidido.vinculo WHERE b = ANY ($1::uuid[])) v
       LEFT JOIN decidido.vinculo r ON r.revoga = v.numero
      ORDER BY v.numero LIMIT $2`,
    [registers, most],
  );
}
