import type { Questions } from '../base.ts';

/** What linkage leaves to people, and what it leaves out. */
export interface LeftToPeople {
  /** Groups that are too large to be put together without a person, and how many registers they have. */
  readonly tooLarge: { readonly groups: number; readonly registers: number };
  /** Keys that so many registers have that nobody is found by them. */
  readonly commonKeys: number;
}

/** How much of it there is now. */
export async function countLeft(questions: Questions): Promise<LeftToPeople> {
  const [left] = await questions.query<LeftToPeople>(
    `SELECT json_build_object('groups', count(DISTINCT primeiro), 'registers', count(*)) AS "tooLarge",
            (SELECT count(*)::int FROM nacional.chave_comum) AS "commonKeys"
       FROM nacional.grupo_grande`,
  );
  return left ?? { tooLarge: { groups: 0, registers: 0 }, commonKeys: 0 };
}

/** A group that was too large to be put together without a person. */
export interface TooLargeGroup {
  readonly registers: number;
  /** Of how many persons they are now, and the registers that some of these are named after. */
  readonly persons: number;
  readonly named: readonly string[];
  /** How many such groups there are in all. */
  readonly total: number;
}

/** The largest ones. @param uf only those of which a register is of that source */
export function tooLargeGroupsOf(
  questions: Questions,
  uf: string | null,
  most: { readonly groups: number; readonly named: number },
): Promise<TooLargeGroup[]> {
  return questions.query(
    `SELECT registers, persons, total, ARRAY(
              SELECT r.natal_id::text FROM nacional.grupo_grande m JOIN nacional.registro r ON r.natal_id = m.registro
               WHERE m.primeiro = g.first AND r.pessoa_id = r.natal_id ORDER BY r.fonte, r.papel, r.id LIMIT $3) AS named
       FROM (SELECT m.primeiro AS first, count(*)::int AS registers, count(DISTINCT r.pessoa_id)::int AS persons,
                    count(*) OVER ()::int AS total
               FROM nacional.grupo_grande m JOIN nacional.registro r ON r.natal_id = m.registro
              GROUP BY m.primeiro HAVING $1::text IS NULL OR bool_or(r.fonte = $1)) g
      ORDER BY registers DESC, first LIMIT $2`,
    [uf, most.groups, most.named],
  );
}
