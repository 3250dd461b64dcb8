import type { Questions } from '../base.ts';
import type { LinkPair } from './link-pairs.ts';

/** A pair that a person is asked about. */
export interface ReviewedPair extends LinkPair {
  /** Whose the two are now. */
  readonly persons: readonly [string, string];
  /** Pairs of registers that would come together, times how likely they belong together: what an answer changes. */
  readonly gain: number;
}

const asked = `
  SELECT p.a::text, p.b::text, p.peso AS weight, p.veto, p.entre AS across,
         json_build_array(x.pessoa_id, y.pessoa_id) AS persons,
         (SELECT count(*) FROM nacional.registro r WHERE r.pessoa_id = x.pessoa_id)
         * (SELECT count(*) FROM nacional.registro r WHERE r.pessoa_id = y.pessoa_id)
         / (1 + power(2, -p.peso)) AS gain
    FROM nacional.par p
    JOIN nacional.registro x ON x.natal_id = p.a
    JOIN nacional.registro y ON y.natal_id = p.b
   WHERE NOT p.entre AND x.pessoa_id <> y.pessoa_id AND ($1::text IS NULL OR x.fonte = $1 OR y.fonte = $1)
     AND NOT EXISTS (
       SELECT FROM decidido.vinculo v
        WHERE v.a = p.a AND v.b = p.b AND NOT EXISTS (SELECT FROM decidido.vinculo r WHERE r.revoga = v.numero))
   ORDER BY gain DESC, p.a, p.b`;

/**
 * The first pairs of registers of one kind, of two persons, on which no decision stands; the ones first of which an answer changes
 * most, by the persons as they are.
 *
 * @param uf only those of which at the least one register is of that source
 */
export function reviewPairs(questions: Questions, uf: string | null, most: number): Promise<ReviewedPair[]> {
  return questions.query(`${asked} LIMIT $2`, [uf, most]);
}

/** All of them, a part at a time. */
export function eachReviewPair(
  questions: Questions,
  uf: string | null,
  atOnce: number,
): AsyncIterable<ReviewedPair[]> {
  return questions.rows(asked, [uf], { atOnce });
}
