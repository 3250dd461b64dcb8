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

const told = `v.numero::int AS number, v.a::text, v.b::text, v.diz AS says, v.quem AS who, v.motivo AS reason,
            ${instantToSecond('v.quando')} AS at, r.numero::int AS "undoneBy"`;

/** All that was ever said of some registers, in its order; the first ones. */
export function decisionHistory(
  questions: Questions,
  registers: readonly string[],
  most: number,
): Promise<SaidDecision[]> {
  return questions.query(
    `SELECT ${told}
       FROM (SELECT * FROM decidido.vinculo WHERE a = ANY ($1::uuid[])
             UNION SELECT * FROM decidido.vinculo WHERE b = ANY ($1::uuid[])) v
       LEFT JOIN decidido.vinculo r ON r.revoga = v.numero
      ORDER BY v.numero LIMIT $2`,
    [registers, most],
  );
}

/** The same of two of these registers: of no others, of which the bound would tell. */
export function decisionsAmong(
  questions: Questions,
  registers: readonly string[],
  most: number,
): Promise<SaidDecision[]> {
  return questions.query(
    `SELECT ${told} FROM decidido.vinculo v LEFT JOIN decidido.vinculo r ON r.revoga = v.numero
      WHERE v.a = ANY ($1::uuid[]) AND v.b = ANY ($1::uuid[]) ORDER BY v.numero LIMIT $2`,
    [registers, most],
  );
}

/** All that was ever said of two registers, in its order. */
export function pairHistory(
  questions: Questions,
  registers: readonly [string, string],
): Promise<SaidDecision[]> {
  return questions.query(
    `SELECT ${told} FROM decidido.vinculo v LEFT JOIN decidido.vinculo r ON r.revoga = v.numero
      WHERE v.a = $1::uuid AND v.b = $2::uuid ORDER BY v.numero`,
    registers.toSorted(),
  );
}

/** A decision, and of which kinds and states the two registers are. */
export interface ListedDecision extends SaidDecision {
  readonly of: readonly [source: string, role: string, otherSource: string, otherRole: string];
}

/** Which decisions are told. */
export interface DecisionsAmong {
  /** Both registers are among these, as SQL to stand after FROM. */
  readonly registers: string;
  readonly says?: LinkDecision['says'];
  /** Only those before this number, or this one alone. */
  readonly before?: number;
  readonly only?: number;
  readonly most: number;
}

/** The last ones first. */
export function listDecisions(
  questions: Questions,
  { registers, says, before, only, most }: DecisionsAmong,
): Promise<ListedDecision[]> {
  return questions.query(
    `SELECT ${told}, json_build_array(x.fonte, x.papel, y.fonte, y.papel) AS of
       FROM decidido.vinculo v
       JOIN ${registers} AS x ON x.natal_id = v.a
       JOIN ${registers} AS y ON y.natal_id = v.b
       LEFT JOIN decidido.vinculo r ON r.revoga = v.numero
      WHERE v.revoga IS NULL AND v.sal IS NOT NULL AND ($1::bigint IS NULL OR v.numero < $1)
        AND ($2::bigint IS NULL OR v.numero = $2) AND ($3::text IS NULL OR v.diz = $3)
      ORDER BY v.numero DESC LIMIT $4`,
    [before ?? null, only ?? null, says ?? null, most],
  );
}
