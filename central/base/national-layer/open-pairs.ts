import type { Questions } from '../base.ts';
import { type LinkPair, pairColumns } from './link-pairs.ts';

/** Pairs of some registers with others, the heaviest first. */
export function pairsBeside(
  questions: Questions,
  registers: readonly string[],
  most: number,
): Promise<LinkPair[]> {
  return questions.query(
    `SELECT ${pairColumns} FROM (
       SELECT * FROM nacional.par WHERE a = ANY ($1::uuid[]) AND NOT b = ANY ($1::uuid[])
       UNION ALL SELECT * FROM nacional.par WHERE b = ANY ($1::uuid[]) AND NOT a = ANY ($1::uuid[])) p
      ORDER BY peso DESC, a, b LIMIT $2`,
    [registers, most],
  );
}

/**
 * Which of some registers are of a group that was too large to be put together without a person: by register, what the group
 * is named after.
 */
export async function tooLargeGroups(
  questions: Questions,
  registers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await questions.query<{ register: string; first: string }>(
    `SELECT registro::text AS register, primeiro::text AS first FROM nacional.grupo_grande
      WHERE registro = ANY ($1::uuid[])`,
    [registers],
  );
  return new Map(found.map(({ register, first }) => [register, first]));
}
