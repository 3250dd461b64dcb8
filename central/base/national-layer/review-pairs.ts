import type { Questions } from '../base.ts';
import type { LinkPair } from './link-pairs.ts';

/** A pair that a person is asked about. */
export interface ReviewedPair extends LinkPair {
  /** Whose the two are now. */
  readonly persons: readonly [string, string];
  /** Pairs of registers that would come together, times how likely they belong together: what an answer changes. */
  readonly gain: number;
}

/** Pairs of registers of one kind, of two persons, on which no decision stands. */
const isAsked = `NOT p.entre AND x.pessoa_id <> y.pessoa_id
     AND NOT EXISTS (
       SELECT FROM decidido.vinculo v
        WHERE v.a = p.a AND v.b = p.b AND NOT EXISTS (SELECT FROM decidido.vinculo r WHERE r.revoga = v.numero))`;

const gainIn = (registers: string) => `
         (SELECT count(*) FROM ${registers} AS r WHERE r.pessoa_id = x.pessoa_id)
         * (SELECT count(*) FROM ${registers} AS r WHERE r.pessoa_id = y.pessoa_id)
         / (1 + power(2, -p.peso))`;

/** @param registers among which they are, as SQL to stand after FROM @param where what else is asked of them */
const askedIn = (registers: string, where = '') => `
  SELECT p.a::text, p.b::text, p.peso AS weight, p.veto, p.entre AS across,
         json_build_array(x.pessoa_id, y.pessoa_id) AS persons, ${gainIn(registers)} AS gain
    FROM nacional.par p
    JOIN ${registers} AS x ON x.natal_id = p.a
    JOIN ${registers} AS y ON y.natal_id = p.b
   WHERE ${isAsked} ${where}`;

const inOrder = 'ORDER BY gain DESC, p.a, p.b';
const ofSource = 'AND ($1::text IS NULL OR x.fonte = $1 OR y.fonte = $1)';
const ofNation = `${askedIn('nacional.registro', ofSource)} ${inOrder}`;

/**
 * The first pairs of registers of one kind, of two persons, on which no decision stands; the ones first of which an answer changes
 * most, by the persons as they are.
 *
 * @param uf only those of which at the least one register is of that source
 */
export function reviewPairs(questions: Questions, uf: string | null, most: number): Promise<ReviewedPair[]> {
  return questions.query(`${ofNation} LIMIT $2`, [uf, most]);
}

/** All of them, a part at a time. */
export function eachReviewPair(
  questions: Questions,
  uf: string | null,
  atOnce: number,
): AsyncIterable<ReviewedPair[]> {
  return questions.rows(ofNation, [uf], { atOnce });
}

/** Two registers by their `natal_id`, `a` before `b`. */
export interface TwoRegisters {
  readonly a: string;
  readonly b: string;
}

/**
 * The next of them for somebody who sees some registers, and how many are left to them; in the same order.
 * @param registers that are seen, as SQL to stand after FROM
 * @param after the one before, which need not be asked about any more; null: from the first
 */
export async function nextReviewPair(
  questions: Questions,
  registers: string,
  after: TwoRegisters | null,
): Promise<(TwoRegisters & { readonly left: number }) | null> {
  const [next] = await questions.query<TwoRegisters & { left: number }>(
    `WITH asked AS (${askedIn(registers)}), before AS (
       SELECT p.a, p.b, ${gainIn(registers)} AS gain FROM nacional.par p
         JOIN ${registers} AS x ON x.natal_id = p.a JOIN ${registers} AS y ON y.natal_id = p.b
        WHERE p.a = $1::uuid AND p.b = $2::uuid)
     SELECT q.a, q.b, count(*) OVER ()::int AS left FROM asked q LEFT JOIN before ON true
      WHERE before.gain IS NULL OR q.gain < before.gain
         OR (q.gain = before.gain AND (q.a::uuid, q.b::uuid) > (before.a, before.b))
      ORDER BY q.gain DESC, q.a::uuid, q.b::uuid LIMIT 1`,
    [after?.a ?? null, after?.b ?? null],
  );
  return next ?? null;
}
