import type { Role } from '../../../shared/dictionary/roles.ts';
import type { Questions } from '../../base/base.ts';
import { type PersonRegister, survivingColumns } from '../../base/national-layer/persons.ts';
import { seenSince } from '../../base/sight/seen-since.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { personFrom } from '../../treat/persons/person-of.ts';
import { isId } from '../ids.ts';
import { personAddress } from '../person-address.ts';

/** A register that is seen. */
export interface SeenRegister {
  readonly source: string;
  readonly role: Role;
  /** As the state writes it. */
  readonly id: string;
  readonly natal: string;
}

/** A person of the registers that are seen of them. */
export interface SeenPerson {
  /** `pessoa_id`, which no page tells. */
  readonly id: string;
  /** By which an address names them (`personAddress`). */
  readonly address: string;
  readonly role: Role;
  /** As they wish to be called; null where no register tells one that is seen. */
  readonly name: string | null;
  /** As they are registered, where that is another one. */
  readonly registered: string | null;
  readonly registers: readonly SeenRegister[];
}

/** Whose registers these are, by `natal_id`, as `pessoa_id`; of those that are not seen there is nothing. */
export async function peopleAt(
  questions: Questions,
  sight: Sight,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const natals = ids.filter(isId);
  if (natals.length === 0) return new Map();
  const rows = await questions.query<{ natal: string; person: string }>(
    `SELECT natal_id::text AS natal, pessoa_id::text AS person
       FROM ${sight.registers(['natal_id', 'pessoa_id'])} AS r WHERE natal_id = ANY ($1::uuid[])`,
    [natals],
  );
  return new Map(rows.map(({ natal, person }) => [natal, person]));
}

const personColumns = [
  ...['fonte', 'papel', 'id', 'pessoa_id', 'natal_id', ...survivingColumns, 'notas', 'desde', 'removido'],
];

type Row = PersonRegister & Pick<SeenRegister, 'source' | 'id'>;

/** People by their ids; of whom nothing is seen is left out. */
export async function seenPeople(
  questions: Questions,
  sight: Sight,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, SeenPerson>> {
  const people = [...ids];
  if (people.length === 0) return new Map();
  const microseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000000)::float8`;
  const rows = await questions.query<Row>(
    `SELECT fonte AS source, id, pessoa_id::text AS person, natal_id::text AS natal, papel AS role,
            ${survivingColumns.map((name) => `${name}::text`).join(', ')}, coalesce(notas, '{}') AS notes,
            ${microseconds('desde')} AS since, ${microseconds('removido')} AS removed
       FROM ${sight.registers(personColumns)} AS r WHERE pessoa_id = ANY ($1::uuid[]) ORDER BY pessoa_id, fonte, papel, id`,
    [people],
  );
  // Only where one value is chosen of several does it matter which is the latest.
  const several = [...Map.groupBy(rows, ({ person }) => person).values()].filter(({ length }) => length > 1);
  const since = await seenSince(
    questions,
    sight,
    several.flat().map(({ natal, source, role, id: key }) => ({ natal, source, role, key })),
  );
  const told = rows.map((row) => ({ ...row, since: since.get(row.natal)?.micro ?? row.since }));
  const seen = [...Map.groupBy(told, ({ person }) => person)].map(([id, registers]): [string, SeenPerson] => {
    const there = registers.filter(({ removed }) => removed === null);
    const { nome, nome_social, papel } = personFrom(there.length > 0 ? there : registers);
    return [
      id,
      {
        ...{ id, role: papel, name: nome_social ?? nome, registered: nome_social === null ? null : nome },
        address: personAddress(registers.map(({ source, id: key, natal }) => ({ source, key, natal }))),
        registers: registers.map(({ source, role, id: key, natal }) => ({ source, role, id: key, natal })),
      },
    ];
  });
  return new Map(seen);
}
