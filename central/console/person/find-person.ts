import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import { instant } from '../../base/instants.ts';
import {
  type PersonRegister,
  type SurvivingColumn,
  survivingColumns,
} from '../../base/national-layer/persons.ts';
import { type SeenSince, seenSince } from '../../base/sight/seen-since.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { isId } from '../ids.ts';
import { personAddress } from '../person-address.ts';

/** A register of a person as a body sees it. */
export interface SeenRegister {
  readonly natal: string;
  readonly source: string;
  readonly role: Role;
  /** As the state writes it. */
  readonly key: string;
  /** Since when it is as it is seen, ISO 8601. */
  readonly since: string;
  /** Since when the source has it no more; null where it has. */
  readonly removed: string | null;
  /** By column, as JSON has them. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  /** As the rules take it by which one person is made of several registers. */
  readonly counted: PersonRegister;
}

export interface SeenPerson {
  /** By which an address names them (`personAddress`). */
  readonly id: string;
  /** `pessoa_id`, which no page tells. */
  readonly person: string;
  readonly role: Role;
  /** Those that the source has first, then by their source and key: one at the least. */
  readonly registers: readonly SeenRegister[];
  /** There are more than are told. */
  readonly more: boolean;
}

/** More registers than a person reads; linkage itself puts no more than 40 together without being told to. */
const mostRegisters = 60;

const columns = survivingColumns.map((name) => `'${name}', r.${name}::text`).join(', ');
const microseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000000)::float8`;

/**
 * The person to whom the register of this `natal_id` belongs, with those registers that are seen. Null where that register
 * is not seen, which is as if there was none: also of whoever has others that are.
 */
export async function findPerson(questions: Questions, sight: Sight, id: string): Promise<SeenPerson | null> {
  if (!isId(id)) return null;
  const found = await questions.query<Row>(
    `SELECT r.pessoa_id::text AS person, r.natal_id::text AS natal, r.fonte AS source, r.papel AS role, r.id AS key,
            ${instant('r.desde')} AS since, ${instant('r.removido')} AS removed, to_jsonb(r) AS values,
            coalesce(r.notas, '{}') AS notes, jsonb_build_object(${columns}) AS surviving,
            ${microseconds('r.desde')} AS "sinceMicro", ${microseconds('r.removido')} AS "removedMicro"
       FROM ${sight.registers()} AS r
      WHERE r.pessoa_id = (SELECT o.pessoa_id FROM ${sight.registers()} AS o WHERE o.natal_id = $1::uuid)
      ORDER BY (r.removido IS NOT NULL), r.fonte, r.papel, r.id LIMIT ${mostRegisters + 1}`,
    [id],
  );
  const [first] = found;
  if (first === undefined) return null;
  const { person, role } = first;
  const told = found.slice(0, mostRegisters);
  const seen = await seenSince(questions, sight, told);
  const registers = told.map((row) => registerOf(row, seen.get(row.natal)));
  return { id: personAddress(registers), person, role, registers, more: found.length > mostRegisters };
}

type Row = Omit<SeenRegister, 'counted'> & {
  readonly person: string;
  readonly surviving: Readonly<Record<SurvivingColumn, string | null>>;
  readonly sinceMicro: number;
  readonly removedMicro: number | null;
};

function registerOf(row: Row, seen: SeenSince | undefined): SeenRegister {
  const { person, surviving, sinceMicro, removedMicro, ...register } = row;
  const { natal, role, notes } = register;
  const micro = seen?.micro ?? sinceMicro;
  return {
    ...register,
    since: seen?.since ?? register.since,
    counted: { ...surviving, person, natal, role, notes, since: micro, removed: removedMicro },
  };
}

/** Those that count where one value is chosen of several: the ones that sources have, or all where none is. */
export function countingOf(registers: readonly SeenRegister[]): readonly SeenRegister[] {
  const there = registers.filter(({ removed }) => removed === null);
  return there.length > 0 ? there : registers;
}
