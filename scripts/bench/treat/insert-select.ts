import type { Client } from 'pg';
import { sourceTable } from '../../../central/base/names.ts';
import { type TypedView, typedView } from '../../../central/base/national-layer/typed-views.ts';
import { source } from './source-layer.ts';

/** How a text of the source layer becomes what its typed column is, where it surely is one. */
const casts: Readonly<Record<string, (text: string) => string>> = {
  date: (text) => `CASE WHEN ${text} ~ '^\\d{4}-\\d\\d-\\d\\d$' THEN ${text}::date END`,
  'timestamp without time zone': (text) =>
    `CASE WHEN ${text} ~ '^\\d{4}-\\d\\d-\\d\\d ' THEN ${text}::timestamp END`,
  integer: (text) => `CASE WHEN ${text} ~ '^\\d{1,9}$' THEN ${text}::integer END`,
  numeric: (text) => `CASE WHEN ${text} ~ '^\\d{1,9}(\\.\\d+)?$' THEN ${text}::numeric END`,
  boolean: (text) => `${text} IN ('1', 'S')`,
  ARRAY: (text) => `ARRAY[${text}]`,
};

/**
 * Seconds that `INSERT … SELECT` of all rows takes, into tables of the same columns and indexes: no cleaning, no checks,
 * no history, no marks; each value is cast where it looks like one of its type.
 */
export async function insertSelectSeconds(client: Client, views: readonly string[]): Promise<number> {
  await client.query('CREATE SCHEMA alvo');
  let seconds = 0;
  for (const name of views) {
    const view = typedView(name);
    if (view === undefined) throw new Error(`no standard view: ${name}`);
    const table = view.table.replace('nacional.', 'alvo.');
    await client.query(`CREATE TABLE IF NOT EXISTS ${table} (LIKE ${view.table} INCLUDING ALL)`);
    const statement = await insertSelect(client, view, table);
    const began = performance.now();
    await client.query(statement);
    seconds += (performance.now() - began) / 1000;
  }
  await client.query('DROP SCHEMA alvo CASCADE');
  return seconds;
}

async function insertSelect(client: Client, view: TypedView, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
      WHERE table_schema || '.' || table_name = $1`,
    [view.table],
  );
  const types = new Map(rows.map(({ name, type }) => [name, type]));
  const values: [column: string, value: string][] = [
    ['fonte', `'${source}'`],
    ['id', 'id'],
    ...view.columns.map(({ name }): [string, string] => {
      const cast = casts[types.get(name) ?? ''];
      return [name, cast === undefined ? name : cast(name)];
    }),
    ['desde_mudanca', '_change'],
    ['desde', '_last_changed'],
    ...(view.role === null ? [] : ofRegister(view.role)),
  ];
  return `INSERT INTO ${table} (${values.map(([column]) => column).join(', ')})
          SELECT ${values.map(([, value]) => value).join(', ')} FROM ${sourceTable(source, view.view.name)}`;
}

function ofRegister(role: string): [string, string][] {
  return [
    ['papel', `'${role}'`],
    ['natal_id', 'gen_random_uuid()'],
    ['pessoa_id', 'gen_random_uuid()'],
    ['primeira_vez', '_first_seen'],
  ];
}
