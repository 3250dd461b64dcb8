// Tier: quick. What a body may see of the national tables, by random grants, on PostgreSQL.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import t from 'tap';
import { typedViews } from '../../central/base/national-layer/typed-views.ts';
import { sensitiveFields, sensitiveRows } from '../../central/base/sight/sensitive.ts';
import { type Granted, sightOf } from '../../central/base/sight/sight.ts';
import { query, tierBases } from '../support/bases.ts';
import { runs } from '../support/runs.ts';

type Row = Readonly<Record<string, unknown>>;

const { shared: base } = await tierBases(t);
const tables = [...new Set(typedViews.flatMap(({ table, history }) => [table, history]))];
const today = new Date(Date.now() - 3 * 60 * 60_000);
const people = typedViews.filter(({ role }) => role !== null);
const yearsAgo = (years: number, days = 0) =>
  new Date(Date.UTC(today.getUTCFullYear() - years, today.getUTCMonth(), today.getUTCDate() + days))
    .toISOString()
    .slice(0, 10);

/** Rows of two states in each table, with something in each column, and some of each kind that is sensitive. */
for (const table of tables) {
  const [schema, name] = table.split('.');
  const columns = await query<{ name: string; type: string }>(
    base,
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`,
    [schema, name],
  );
  const ofPeople = columns.some(({ name }) => name === 'papel');
  const roles = ofPeople ? ['custodiado', 'visitante', 'advogado'] : ['custodiado'];
  for (const source of ['AL', 'SE']) {
    for (const role of roles) {
      for (let at = 0; at < 4; at++) {
        const row = Object.fromEntries(
          columns.map(({ name, type }) => [name, made(name, type, { source, role, at, ofPeople })]),
        );
        await query(base, `INSERT INTO ${table} SELECT * FROM json_populate_record(NULL::${table}, $1)`, [
          JSON.stringify(row),
        ]);
      }
    }
  }
}

function made(
  name: string,
  type: string,
  {
    source,
    role,
    at,
    ofPeople,
  }: {
    readonly source: string;
    readonly role: string;
    readonly at: number;
    readonly ofPeople: boolean;
  },
): unknown {
  // Who is of another kind has nothing in a column of this one.
  const isOther = people.some(({ columns }) => columns.some((column) => column.name === name));
  const own = people.find((one) => one.role === role)?.columns.some((column) => column.name === name);
  if (ofPeople && isOther && own !== true) return null;
  if (name === 'fonte') return source;
  if (name === 'papel') return role;
  if (name === 'id') return String(at);
  if (name === 'visitante_id' || name === 'pessoa_id') {
    return type === 'uuid' ? `00000000-0000-4000-8000-00000000000${at}` : String(at);
  }
  if (name === 'custodiado_id') return 'c';
  if (name === 'pessoa_tipo') return [null, 'advogado', 'visitante', 'visitante'][at];
  // Of age today, not yet, not known.
  if (name === 'data_nascimento') return [yearsAgo(18), yearsAgo(18, 1), null, yearsAgo(40)][at];
  // A mark on each column of the view, and on none.
  if (name === 'notas') return at === 0 ? null : ['nome:mended', 'tipo:unknown', 'cpf:odd', 'fim:odd'];
  if (name === 'natal_id') {
    const numbers = { custodiado: 1, visitante: 2, advogado: 3 } as Record<string, number>;
    return `0000000${numbers[role]}-0000-4000-8000-0000000${source === 'AL' ? 1 : 2}000${at}`;
  }
  switch (type) {
    case 'ARRAY':
      return [`a${at}`];
    case 'boolean':
      return true;
    case 'date':
      return '2020-01-02';
    case 'text':
      return `${name} ${source} ${at}`;
    case 'uuid':
      return `00000000-0000-4000-8000-00000000000${at}`;
    default:
      return type.startsWith('timestamp') ? '2020-01-02T03:04:05' : at + 1;
  }
}

const whole = new Map<string, readonly Row[]>();
for (const table of tables) {
  const rows = await query<{ row: Row }>(base, `SELECT to_jsonb(r) AS row FROM ${table} AS r`);
  whole.set(
    table,
    rows.map(({ row }) => row),
  );
}

/** What is to be seen of a view, by going through all that there is. */
function expected(grant: Granted, views: readonly (typeof typedViews)[number][], history: boolean): Row[] {
  return views.flatMap(({ view, role, table, history: past, columns }) => {
    if (!grant.views.includes(view.name)) return [];
    const isHidden = (column: string) => {
      const field = `${view.name}.${column}`;
      return grant.hidden.includes(field) || (field in sensitiveFields && !grant.sensitive.includes(field));
    };
    const registers = whole.get('nacional.registro') ?? [];
    const isMinor = (birth: unknown) => typeof birth === 'string' && birth > yearsAgo(18);
    const isMinorAt = (source: unknown, id: unknown) =>
      registers.some(
        (row) =>
          row['papel'] === 'visitante' &&
          row['fonte'] === source &&
          row['id'] === id &&
          isMinor(row['data_nascimento']),
      );
    const seesMinors = grant.sensitive.includes('visitante.menores');
    return (whole.get(history ? past : table) ?? [])
      .filter((row) => role === null || row['papel'] === role)
      .filter((row) => grant.states.length === 0 || grant.states.includes(String(row['fonte'])))
      .filter((row) => {
        if (view.name === 'visitante') return seesMinors || !isMinor(row['data_nascimento']);
        if (view.name === 'visita') return seesMinors || !isMinorAt(row['fonte'], row['visitante_id']);
        if (view.name !== 'vinculo') return true;
        const isVisitor = row['pessoa_tipo'] === 'visitante';
        if (!isVisitor && !grant.sensitive.includes('vinculo.advogados')) return false;
        return row['pessoa_tipo'] === 'advogado' || seesMinors || !isMinorAt(row['fonte'], row['pessoa_id']);
      })
      .map((row) => {
        const { identidade: _, notas, ...rest } = row;
        const notes = ((notas ?? []) as string[]).filter((note) => !isHidden(note.split(':')[0] ?? ''));
        const told = Object.entries(rest)
          // By itself a view has its own columns alone.
          .filter(([name]) => views.length > 1 || !isOfOthers(name, columns))
          .map(([name, value]) => [
            name,
            columns.some((column) => column.name === name) && isHidden(name) ? null : value,
          ]);
        return { ...Object.fromEntries(told), notas: notes.length === 0 ? null : notes } as Row;
      });
  });
}

function isOfOthers(name: string, columns: readonly { readonly name: string }[]): boolean {
  return (
    people.some((one) => one.columns.some((column) => column.name === name)) &&
    !columns.some((column) => column.name === name)
  );
}

const fields = typedViews.flatMap(({ view, columns }) => columns.map(({ name }) => `${view.name}.${name}`));
const grants: fc.Arbitrary<Granted> = fc.record({
  views: fc.subarray(typedViews.map(({ view }) => view.name)),
  sensitive: fc.subarray([...Object.keys(sensitiveFields), ...Object.keys(sensitiveRows)]),
  hidden: fc.oneof(fc.constant([]), fc.subarray(fields, { maxLength: 20 })),
  states: fc.constantFrom([], ['AL'], ['SE'], ['AL', 'SE'], ['RO']),
});

const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(sorted(row))).sort();
const sorted = (row: Row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

void t.test('a relation has what a base without the hidden rows and columns has', async (t) => {
  await fc.assert(
    fc.asyncProperty(grants, fc.gen(), async (grant, gen) => {
      const sight = sightOf(grant);
      for (const typed of typedViews) {
        for (const history of [false, true]) {
          const name = typed.view.name;
          const relation = history ? sight.history(name) : sight.view(name);
          assert.deepEqual(inOrder(await read(relation)), inOrder(expected(grant, [typed], history)), name);
        }
        const columns = [...typed.columns.map((column) => column.name), 'notas'].filter(() =>
          gen(fc.boolean),
        );
        const some = (row: Row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column)));
        assert.deepEqual(
          inOrder(await read(sight.view(typed.view.name, columns))),
          inOrder(expected(grant, [typed], false).map(some)),
          `${typed.view.name}: ${columns.join()} alone`,
        );
      }
      assert.deepEqual(inOrder(await read(sight.registers())), inOrder(expected(grant, people, false)));
    }),
    { numRuns: runs(15, 60) },
  );
  t.ok((await read(sightOf(allOf()).registers())).length > 20, 'there is something to see');
});

void t.test('who asks by a key reads by the index, and not the table', async (t) => {
  const grant = { ...allOf(), states: ['AL'], hidden: ['custodia.cela'], sensitive: [] };
  const sight = sightOf(grant);
  for (const name of ['custodia', 'visita', 'vinculo']) {
    const plan = await base.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT * FROM ${sight.view(name)} AS r WHERE fonte = 'AL' AND custodiado_id = 'c'`,
      );
    });
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    t.match(text, /Index Scan[^]*Index Cond: /, name);
    t.notMatch(text, /Seq Scan|Subquery Scan/, name);
  }
});

void t.test('what is no state, no view and no column of it is refused', (t) => {
  t.throws(() => sightOf({ ...allOf(), states: ["AL'"] }).view('custodia'));
  t.throws(() => sightOf(allOf()).view('pessoa'));
  t.throws(() => sightOf(allOf()).view('custodia', ['nome']), /no column of nacional.custodia: nome/);
  t.end();
});

async function read(relation: string): Promise<Row[]> {
  const rows = await query<{ row: Row }>(base, `SELECT to_jsonb(r) AS row FROM ${relation} AS r`);
  return rows.map(({ row }) => row);
}

function allOf(): Granted {
  return { views: typedViews.map(({ view }) => view.name), sensitive: [], hidden: [], states: [] };
}
