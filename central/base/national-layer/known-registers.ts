import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../base.ts';

/** A register by its key, and whose it is. */
export interface KnownRegister {
  /** Its `natal_id`. */
  readonly id: string;
  readonly source: string;
  readonly role: Role;
  /** As the state writes it. */
  readonly key: string;
  /** `natal_id` that the person is named after. */
  readonly person: string;
  /** The source has it no more. */
  readonly removed: boolean;
}

const columns = `natal_id::text AS id, fonte AS source, papel AS role, id AS key, pessoa_id::text AS person,
  removido IS NOT NULL AS removed`;

/**
 * Registers by their `natal_id`; those that are not there are left out.
 * @param from where they are read, as SQL; of the nation where nothing is said
 */
export function knownRegisters(
  questions: Questions,
  ids: readonly string[],
  from = 'nacional.registro',
): Promise<KnownRegister[]> {
  return questions.query(`SELECT ${columns} FROM ${from} AS r WHERE natal_id = ANY ($1::uuid[])`, [ids]);
}

/** The registers of a person, the earliest first. @param most no more than these */
export function registersOfPerson(
  questions: Questions,
  person: string,
  most: number,
): Promise<KnownRegister[]> {
  return questions.query(
    `SELECT ${columns} FROM nacional.registro WHERE pessoa_id = $1
      ORDER BY primeira_vez, fonte, papel, id LIMIT $2`,
    [person, most],
  );
}

/** How many registers persons have, by their id. */
export async function sizesOfPersons(
  questions: Questions,
  persons: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sizes = await questions.query<{ person: string; size: number }>(
    `SELECT pessoa_id::text AS person, count(*)::int AS size FROM nacional.registro
      WHERE pessoa_id = ANY ($1::uuid[]) GROUP BY pessoa_id`,
    [persons],
  );
  return new Map(sizes.map(({ person, size }) => [person, size]));
}
