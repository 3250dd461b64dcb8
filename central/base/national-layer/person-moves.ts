import type { Questions } from '../base.ts';
import { instantToSecond } from '../instants.ts';

/** That a register moved from one person to another. */
export interface PersonMove {
  readonly register: string;
  readonly from: string;
  readonly to: string;
  /** Version of the model by which it did, and the decisions among the registers that it came to. */
  readonly model: string;
  readonly decisions: readonly number[];
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
}

/** Moves of some registers, and from and to a person; the last ones first. */
export function movesOf(
  questions: Questions,
  registers: readonly string[],
  person: string,
  most: number,
): Promise<PersonMove[]> {
  return questions.query(
    `SELECT registro::text AS register, de::text AS "from", para::text AS "to", modelo AS model,
            to_json(decisoes) AS decisions, ${instantToSecond('quando')} AS at
       FROM nacional.evento_pessoa WHERE registro = ANY ($1::uuid[]) OR para = $2
      ORDER BY numero DESC LIMIT $3`,
    [registers, person, most],
  );
}
