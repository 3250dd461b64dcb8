import { readDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions } from '../../base/base.ts';
import type { Sight } from '../../base/sight/sight.ts';
import type { SeenPerson } from './find-person.ts';
import type { Section } from './sections.ts';

/** A row that is told of a person. */
export interface SeenRow {
  readonly source: string;
  readonly id: string;
  /** By column, as JSON has them. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
  /** Where it stands among the others. */
  readonly place: string;
}

/** The row behind which a page of a list begins. */
export interface Cursor {
  readonly place: string;
  readonly source: string;
  readonly id: string;
}

interface Wanted {
  readonly most: number;
  readonly after?: Cursor | null;
}

/** Rows of a section that the sources still have, the latest first, one more than is asked for where there are more. */
export async function rowsOf(
  questions: Questions,
  sight: Sight,
  section: Section,
  person: SeenPerson,
  wanted: Wanted,
): Promise<readonly SeenRow[]> {
  const parameters = keysOf(person);
  const sql = rowsSql(sight, section, person, wanted, parameters);
  return sql === null ? [] : questions.query(`SELECT ${told} FROM (${sql}) AS l ${latestFirst}`, parameters);
}

/** The same of several sections, in one question. @param wanted how many of each */
export async function rowsOfAll(
  questions: Questions,
  sight: Sight,
  wanted: ReadonlyMap<Section, number>,
  person: SeenPerson,
): Promise<ReadonlyMap<Section, readonly SeenRow[]>> {
  const parameters = keysOf(person);
  const parts = [...wanted].flatMap(([section, most], at) => {
    const sql = rowsSql(sight, section, person, { most }, parameters);
    return sql === null ? [] : [`SELECT ${at} AS section, l.* FROM (${sql}) AS l`];
  });
  if (parts.length === 0) return new Map();
  const rows = await questions.query<SeenRow & { readonly section: number }>(
    `SELECT section, ${told} FROM (${parts.join(' UNION ALL ')}) AS l ${latestFirst}`,
    parameters,
  );
  const found = Map.groupBy(rows, ({ section }) => section);
  return new Map(
    [...wanted.keys()].map((section, at) => [
      section,
      (found.get(at) ?? []).map(
        ({ source, id, values, notes, place }): SeenRow => ({ source, id, values, notes, place }),
      ),
    ]),
  );
}

const keysOf = ({ registers }: SeenPerson): unknown[] => [
  registers.map(({ source }) => source),
  registers.map(({ key }) => key),
];

const told = `fonte AS source, id, values, notes, quando::text AS place`;
const latestFirst = 'ORDER BY quando DESC, fonte DESC, id DESC';

/** Chosen by what is short, and only then looked up as it is seen. Null where nothing is. */
function rowsSql(
  sight: Sight,
  { view, by, order }: Section,
  { role }: SeenPerson,
  { most, after = null }: Wanted,
  parameters: unknown[],
): string | null {
  const column = by[role];
  if (column === undefined || !sight.sees(view)) return null;
  const place = order === null ? "'-infinity'::timestamp" : `coalesce(r.${order}::timestamp, '-infinity')`;
  const conditions = ['r.removido IS NULL'];
  // Visitors and lawyers may have one key.
  if (column === 'pessoa_id') conditions.push(`r.pessoa_tipo = $${parameters.push(role)}`);
  if (after !== null) {
    const [at, source, id] = [after.place, after.source, after.id].map(
      (value) => `$${parameters.push(value)}`,
    );
    conditions.push(`(${place}, r.fonte, r.id) < (${at}::timestamp, ${source}, ${id})`);
  }
  // OFFSET has each looked up by itself, in their order, up to as many as are wanted.
  return `SELECT s.fonte, s.id, to_jsonb(s) AS values, coalesce(s.notas, '{}') AS notes, o.quando
            FROM (SELECT r.fonte, r.id, ${place} AS quando
                    FROM unnest($1::text[], $2::text[]) AS k (fonte, chave)
                    JOIN ${sight.withMinors(view)} AS r ON r.fonte = k.fonte AND r.${column} = k.chave
                   WHERE ${conditions.join(' AND ')} ${latestFirst}) AS o
           CROSS JOIN LATERAL (
             SELECT * FROM ${sight.view(view)} AS s WHERE s.fonte = o.fonte AND s.id = o.id OFFSET 0) AS s
           ORDER BY o.quando DESC, o.fonte DESC, o.id DESC LIMIT ${most + 1}`;
}

/** As an address has it. */
export function cursorText({ place, source, id }: Cursor): string {
  return [place, source, id].join('~');
}

/** Throws `request-invalid`. */
export function readCursor(text: string): Cursor {
  const [, place, source, id] =
    /^(-infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?)~([A-Z]{2})~(.*)$/s.exec(text) ?? [];
  if (place === undefined || source === undefined || id === undefined || !isInstant(place)) {
    throw new GuaritaError('request-invalid');
  }
  return { place, source, id };
}

function isInstant(place: string): boolean {
  if (place === '-infinity') return true;
  return readDay(place.slice(0, 10)) !== null && /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d/.test(place.slice(11));
}

/** What is named by rows: units by their name, people by theirs and where their page is. */
export interface Named {
  unit(source: string, id: unknown): string | null;
  person(source: string, role: string, id: unknown): NamedPerson | null;
  /** `natal_id` of the registers that are named, of others than the person itself. */
  readonly shown: readonly string[];
}

export interface NamedPerson {
  readonly natal: string;
  /** As they wish to be called; null where no name is known. */
  readonly name: string | null;
}

const unitColumns = ['unidade_id', 'unidade_origem_id', 'unidade_destino_id'];

/** Looks up what rows name, those that are seen. */
export async function namesIn(
  questions: Questions,
  sight: Sight,
  rows: readonly SeenRow[],
  own: SeenPerson,
): Promise<Named> {
  const units = new Map<string, readonly [string, string]>();
  const people = new Map<string, readonly [string, string, string]>();
  const isOwn = new Set(own.registers.map(({ source, role, key }) => keyOf(source, role, key)));
  for (const { source, values } of rows) {
    for (const column of unitColumns) {
      const id = values[column];
      if (typeof id === 'string') units.set(keyOf(source, id), [source, id]);
    }
    for (const [role, id] of peopleIn(values)) {
      const key = keyOf(source, role, id);
      if (!isOwn.has(key)) people.set(key, [source, role, id]);
    }
  }
  const unitNames = await unitsNamed(questions, sight, [...units.values()]);
  const persons = await peopleNamed(questions, sight, [...people.values()]);
  return {
    unit: (source, id) =>
      typeof id === 'string' ? (unitNames.get(keyOf(source, id)) ?? `unidade ${id}`) : null,
    person: (source, role, id) =>
      typeof id === 'string' ? (persons.get(keyOf(source, role, id)) ?? null) : null,
    shown: [...persons.values()].map(({ natal }) => natal),
  };
}

function peopleIn(values: SeenRow['values']): (readonly [string, string])[] {
  const { visitante_id: visitor, custodiado_id: held, pessoa_tipo: kind, pessoa_id: other } = values;
  return [
    ...(typeof visitor === 'string' ? [['visitante', visitor] as const] : []),
    ...(typeof held === 'string' ? [['custodiado', held] as const] : []),
    ...(typeof other === 'string' && typeof kind === 'string' ? [[kind, other] as const] : []),
  ];
}

async function unitsNamed(questions: Questions, sight: Sight, units: readonly (readonly [string, string])[]) {
  if (units.length === 0) return new Map<string, string>();
  const found = await questions.query<{ source: string; id: string; name: string | null }>(
    `SELECT u.fonte AS source, u.id, u.nome AS name FROM unnest($1::text[], $2::text[]) AS k (fonte, id)
       JOIN ${sight.view('unidade')} AS u ON u.fonte = k.fonte AND u.id = k.id`,
    [units.map(([source]) => source), units.map(([, id]) => id)],
  );
  return new Map(
    found.flatMap(({ source, id, name }) => (name === null ? [] : [[keyOf(source, id), name] as const])),
  );
}

async function peopleNamed(
  questions: Questions,
  sight: Sight,
  people: readonly (readonly [string, string, string])[],
) {
  if (people.length === 0) return new Map<string, NamedPerson>();
  const found = await questions.query<NamedPerson & { source: string; role: string; id: string }>(
    `SELECT p.fonte AS source, p.papel AS role, p.id, p.natal_id::text AS natal, coalesce(p.nome_social, p.nome) AS name
       FROM unnest($1::text[], $2::text[], $3::text[]) AS k (fonte, papel, id)
       JOIN ${sight.registers()} AS p ON p.fonte = k.fonte AND p.papel = k.papel AND p.id = k.id`,
    [0, 1, 2].map((at) => people.map((each) => each[at])),
  );
  return new Map(
    found.map(({ source, role, id, natal, name }) => [keyOf(source, role, id), { natal, name }] as const),
  );
}

const keyOf = (...parts: readonly string[]) => JSON.stringify(parts);
