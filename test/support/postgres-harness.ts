import { Pool } from 'pg';
import type { Test } from 'tap';
import type { Engine } from '../../shared/sources/engine.ts';
import { PostgresSource } from '../../shared/sources/postgres/source.ts';
import type { ViewConfig } from '../../shared/sources/view-config.ts';
import type { TestPostgres } from './postgres.ts';
import {
  commonSettings,
  pageLimits,
  type SourceHarness,
  type SourceSettings,
  tiedAlike,
} from './source-harness.ts';

export interface PostgresHarness extends SourceHarness {
  readonly database: string;
  openEngine(settings: SourceSettings & { timeoutSeconds?: number; scanTimeoutSeconds?: number }): Engine;
}

export interface PostgresHarnessOptions {
  readonly database: string;
  /** Another than UTF8. */
  readonly encoding?: string;
  readonly undecodable?: SourceHarness['undecodable'];
  /** Where the engine connects to, instead of to the server itself. */
  readonly port?: number;
}

/** A source of a user, with settings that the test does not care about. */
export function userSource(
  t: Test,
  url: string,
  password: string | null,
  views: readonly ViewConfig[] = [],
  timeoutSeconds = 30,
): PostgresSource {
  const settings = { views };
  const source = new PostgresSource({
    source: {
      engine: 'postgres',
      url,
      allowWritableUser: false,
      ...commonSettings(settings),
      timeoutSeconds,
    },
    views,
    pages: pageLimits(settings),
    password,
  });
  t.teardown(() => source.close());
  return source;
}

/** Asks again and again until there is a row, and returns it: each question takes its time, so it does not spin. */
export async function untilGiven(server: TestPostgres, sql: string): Promise<Record<string, unknown>> {
  for (;;) {
    const [row] = await server.admin(sql);
    if (row !== undefined) return row;
  }
}

/** What makes texts of values, of which the server's or the user's settings must not decide. */
const rendering = `SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601';
  SET extra_float_digits = 1; SET bytea_output = 'hex'; SET lc_monetary = 'C'`;

/** Settings of the server that would change every text, if the source did not set its own. */
const contrary = [
  'TimeZone = "America/Maceio"',
  'DateStyle = "SQL, DMY"',
  'IntervalStyle = "postgres_verbose"',
  'extra_float_digits = -15',
  'bytea_output = "escape"',
];

/** A database of a server, with a user `leitor` that may only read what the harness creates in it. */
export async function postgresHarness(
  t: Test,
  server: TestPostgres,
  options: PostgresHarnessOptions,
): Promise<PostgresHarness> {
  const { database, encoding = 'UTF8', port = server.port } = options;
  await server.admin(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING '${encoding}' LOCALE 'C'`);
  for (const setting of contrary) await server.admin(`ALTER DATABASE ${database} SET ${setting}`);
  const exists = await server.admin(`SELECT 1 FROM pg_roles WHERE rolname = 'leitor'`);
  if (exists.length === 0) await server.createReader('leitor');
  await server.admin(
    `REVOKE CREATE ON SCHEMA public FROM PUBLIC; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO leitor`,
    database,
  );
  const writer = new Pool({
    connectionString: server.url(database),
    max: 4,
    onConnect: async (client) => void (await client.query(`SET client_encoding = 'UTF8'; ${rendering}`)),
  });
  // The server may be stopped before it has read that a connection was ended, and then says so on it.
  writer.on('error', () => undefined);
  t.teardown(() => writer.end());
  const openEngine: PostgresHarness['openEngine'] = (settings) =>
    new PostgresSource({
      source: {
        engine: 'postgres',
        url: `postgres://leitor@127.0.0.1:${port}/${database}`,
        allowWritableUser: false,
        ...commonSettings(settings),
        ...(settings.timeoutSeconds === undefined ? {} : { timeoutSeconds: settings.timeoutSeconds }),
        ...(settings.scanTimeoutSeconds === undefined
          ? {}
          : { scanTimeoutSeconds: settings.scanTimeoutSeconds }),
      },
      views: settings.views,
      pages: pageLimits(settings),
      password: 'leitura',
    });
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return {
    database,
    openEngine,
    types: { integer: 'bigint', text: 'text', name: 'varchar(100)', instant: 'timestamptz' },
    quote,
    text: literal,
    instant: (milliseconds) => `timestamptz '${new Date(Date.UTC(2020, 0, 1) + milliseconds).toISOString()}'`,
    fromNow: (seconds) => `now() + ${seconds} * interval '1 second'`,
    localInstant: 'timestamp',
    localFromNow: (seconds) => `(now() AT TIME ZONE 'UTC') + ${seconds} * interval '1 second'`,
    failingAtSeven: (column) =>
      `CAST(CASE WHEN ${column} = 7 THEN '31/02/1990' ELSE '2020-01-01' END AS date)`,
    repeat: (text, times) => `repeat(${literal(text)}, ${times})`,
    values,
    ties: [
      tiedAlike('numeric', 'numeric', ['7', '7.0', '7.00', '8', '8.0', '0.5']),
      {
        what: 'char(n) of two lengths',
        types: ['char(3)', 'char(6)'],
        values: [
          [`'a'`, `'ab'`, `'c'`],
          [`'a'`, `'ab'`, `'d'`],
        ],
      },
      tiedAlike(
        'a collation that is not deterministic',
        'text COLLATE "sem caixa"',
        [`'mat-7'`, `'MAT-7'`, `'Mat-7'`, `'mat-8'`, `'mát-7'`, `'a'`],
        `CREATE COLLATION IF NOT EXISTS "sem caixa" (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`,
      ),
    ],
    undecodable: options.undecodable ?? [],
    unusableWatermark: 'boolean',
    execute: async (sql) => void (await writer.query(sql)),
    // By `format`, which writes a value as its type does; `::text` takes the blanks off a char(n).
    rows: async (relation, columns) => {
      const texts = columns.map(
        (name) => `CASE WHEN ${quote(name)} IS NOT NULL THEN format('%s', ${quote(name)}) END`,
      );
      const text = `SELECT ${texts.join(', ')} FROM ${quote(relation)}`;
      return (await writer.query<(string | null)[]>({ text, rowMode: 'array' })).rows;
    },
    open: (t, settings) => {
      const engine = openEngine(settings);
      t.teardown(() => engine.close());
      return Promise.resolve(engine);
    },
  };
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const asItIs = (text: string) => ({ sql: text, text });
const quoted = (text: string) => ({ sql: `'${text}'`, text });
const given = (sql: string, text: string) => ({ sql, text });

const values: SourceHarness['values'] = [
  { type: 'bigint', values: ['9007199254740993', '9223372036854775807', '-9223372036854775808'].map(asItIs) },
  {
    type: 'numeric(38,10)',
    values: ['1234567890123456789012345678.0123456789', '-0.0000000001', '1.5000000000'].map(asItIs),
  },
  {
    type: 'numeric',
    values: [
      quoted('NaN'),
      quoted('Infinity'),
      quoted('-Infinity'),
      asItIs('0.10'),
      given('1e-30', '0.000000000000000000000000000001'),
    ],
  },
  {
    type: 'timestamptz',
    values: [
      given(`'2026-03-01 12:34:56.123456-03'`, '2026-03-01 15:34:56.123456+00'),
      given(`'1582-10-10 00:00:00+00'`, '1582-10-10 00:00:00+00'),
      given(`'0044-03-15 12:00:00.000001+00 BC'`, '0044-03-15 12:00:00.000001+00 BC'),
      given(`'294276-12-31 23:59:59.999999+00'`, '294276-12-31 23:59:59.999999+00'),
      quoted('infinity'),
      quoted('-infinity'),
    ],
  },
  {
    type: 'timestamp',
    values: [quoted('2026-03-01 12:34:56.1'), quoted('0001-01-01 00:00:00'), quoted('infinity')],
  },
  {
    type: 'date',
    values: [quoted('4713-01-01 BC'), quoted('1500-02-28'), quoted('5874897-12-31'), quoted('-infinity')],
  },
  { type: 'time', values: [quoted('23:59:59.999999'), quoted('24:00:00')] },
  { type: 'timetz', values: [quoted('01:02:03.000004-03')] },
  { type: 'interval', values: [given(`'1 year 2 days 03:04:05.6'`, 'P1Y2DT3H4M5.6S')] },
  { type: 'bytea', values: [quoted('\\x00ff0a'), given(`''`, '\\x')] },
  {
    type: 'json',
    values: [quoted('{"a": 1,  "a":12345678901234567890.10}'), quoted('{"a":\n\t"\\u00e7\\n"}')],
  },
  {
    type: 'jsonb',
    values: [given(`'{"b":1,"a":12345678901234567890.10}'`, '{"a": 12345678901234567890.10, "b": 1}')],
  },
  {
    type: 'text[]',
    values: [given(`ARRAY['a,b', '"q"', NULL, '\\', '', 'NULL']`, '{"a,b","\\"q\\"",NULL,"\\\\","","NULL"}')],
  },
  { type: 'integer[][]', values: [quoted('{{1,2},{3,4}}'), quoted('[0:1]={5,6}')] },
  {
    type: 'float8',
    values: [
      ...['0.1', '0.30000000000000004', '5e-324', '1.7976931348623157e+308'].map(asItIs),
      ...['NaN', 'Infinity', '-Infinity', '-0'].map(quoted),
    ],
  },
  { type: 'real', values: ['0.1', '3.4028235e+38', '1e-45'].map(asItIs) },
  { type: 'boolean', values: [given('true', 't'), given('false', 'f')] },
  { type: 'char(5)', values: [given(`'ab'`, 'ab   ')] },
  { type: 'money', values: [given(`'1234.5'::numeric::money`, '$1,234.50')] },
  { type: 'bit varying', values: [given(`B'0101'`, '0101')] },
  { type: 'int4range', values: [quoted('[1,5)')] },
  { type: 'inet', values: [quoted('10.0.0.1'), quoted('10.0.0.0/8')] },
  { type: 'uuid', values: [quoted('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')] },
];
