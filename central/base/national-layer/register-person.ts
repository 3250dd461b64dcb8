import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../base.ts';
import { registersAcross } from './identities.ts';
import { type SurvivingColumn, survivingColumns } from './persons.ts';

/** A register of a person. */
export interface OfPerson {
  readonly source: string;
  readonly view: Role;
  readonly id: string;
  /** Its source has it no more. */
  readonly removed: boolean;
}

/** The national person to whom a register belongs. */
export interface RegisterPerson {
  readonly id: string;
  /** All of theirs, in one order; of so many (`registersTotal`). */
  readonly registers: readonly OfPerson[];
  readonly registersTotal: number;
  /** Registers of other kinds that are theirs as well, and are never made one with these. */
  readonly across: readonly OfPerson[];
  /** What the person has of several registers; empty where there is one, or it is not made yet. */
  readonly values: readonly {
    readonly column: SurvivingColumn;
    readonly value: string;
    /** Null where that register is not there any more. */
    readonly from: OfPerson | null;
    /** Registers that say something disagree. */
    readonly disagree: boolean;
  }[];
}

/** More than a person reads. */
const most = 100;

/** Null for a register that is not there. @param automatic bits, from which on registers of two kinds are one person's */
export async function personOfRegister(
  questions: Questions,
  { source, role, id }: { readonly source: string; readonly role: Role; readonly id: string },
  automatic: number,
): Promise<RegisterPerson | null> {
  const [own] = await questions.query<{ person: string }>(
    'SELECT pessoa_id::text AS person FROM nacional.registro WHERE fonte = $1 AND papel = $2 AND id = $3',
    [source, role, id],
  );
  if (own === undefined) return null;
  const found = await registersBy(questions, 'pessoa_id = $1::uuid', own.person);
  const registers = found.map(named);
  const others = await registersAcross(
    questions,
    found.map(({ natal }) => natal),
    automatic,
  );
  // What people have said may be of two registers of one kind, too.
  const across = await registersBy(questions, 'natal_id = ANY ($1::uuid[])', others);
  return {
    ...{ id: own.person, registers, registersTotal: found[0]?.total ?? 0 },
    across: across.map(named).filter(({ view }) => view !== role),
    values: await valuesOf(
      questions,
      own.person,
      new Map(found.map(({ natal }, at) => [natal, registers[at] ?? null])),
    ),
  };
}

function named({ source, view, id, removed }: OfPerson): OfPerson {
  return { source, view, id, removed };
}

function registersBy(
  questions: Questions,
  which: string,
  value: unknown,
): Promise<(OfPerson & { readonly natal: string; readonly total: number })[]> {
  return questions.query(
    `SELECT natal_id::text AS natal, fonte AS source, papel AS view, id, removido IS NOT NULL AS removed,
            count(*) OVER ()::int AS total
       FROM nacional.registro WHERE ${which} ORDER BY fonte, papel, id LIMIT ${most}`,
    [value],
  );
}

async function valuesOf(
  questions: Questions,
  person: string,
  registers: ReadonlyMap<string, OfPerson | null>,
): Promise<RegisterPerson['values']> {
  const columns = survivingColumns.map((name) => `${name}::text`).join(', ');
  const [made] = await questions.query<
    Readonly<Record<SurvivingColumn, string | null>> & {
      readonly origins: Readonly<Record<string, string>>;
      readonly disagreeing: readonly string[];
    }
  >(
    `SELECT ${columns}, origem AS origins, divergencias AS disagreeing
       FROM nacional.pessoa WHERE id = $1::uuid AND origem IS NOT NULL`,
    [person],
  );
  return survivingColumns.flatMap((column) => {
    const value = made?.[column] ?? null;
    if (made === undefined || value === null) return [];
    const from = registers.get(made.origins[column] ?? '') ?? null;
    return [{ column, value, from, disagree: made.disagreeing.includes(column) }];
  });
}
