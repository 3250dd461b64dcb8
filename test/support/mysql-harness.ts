import type { Test } from 'tap';
import type { Engine } from '../../shared/sources/engine.ts';
import { MysqlSource } from '../../shared/sources/mysql/source.ts';
import type { MysqlConfig } from '../../shared/sources/source-config.ts';
import { createDatabase, type TestDatabase, type TestMysql } from './mysql.ts';
import {
  commonSettings,
  pageLimits,
  type SourceHarness,
  type SourceSettings,
  tiedAlike,
} from './source-harness.ts';

type Settings = SourceSettings & Partial<Pick<MysqlConfig, 'timeoutSeconds' | 'scanTimeoutSeconds'>>;

export interface MysqlHarness extends SourceHarness {
  readonly database: TestDatabase;
  /** @param changes of its configuration */
  openEngine(settings: Settings, changes?: Partial<MysqlConfig>, password?: string): Engine;
}

/** A database of this test's own, with the user that may only read it. */
export async function mysqlHarness(
  t: Test,
  server: TestMysql,
  options: { readonly collation?: string } = {},
): Promise<MysqlHarness> {
  const database = await createDatabase(t, server, options.collation);
  const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;
  const openEngine: MysqlHarness['openEngine'] = (settings, changes = {}, password = database.reader) =>
    new MysqlSource({
      source: {
        ...{ engine: 'mysql', host: server.host, port: server.port, database: database.name },
        ...{ user: database.reader, tls: { mode: 'off' }, allowWritableUser: false },
        ...commonSettings(settings),
        ...(settings.timeoutSeconds === undefined ? {} : { timeoutSeconds: settings.timeoutSeconds }),
        ...(settings.scanTimeoutSeconds === undefined
          ? {}
          : { scanTimeoutSeconds: settings.scanTimeoutSeconds }),
        ...changes,
      },
      views: settings.views,
      pages: pageLimits(settings),
      password,
    });
  const fromNow = (seconds: number) => `(UTC_TIMESTAMP(6) + INTERVAL ${seconds} SECOND)`;
  return {
    database,
    openEngine,
    types: {
      integer: 'BIGINT',
      text: 'LONGTEXT',
      name: 'VARCHAR(100)',
      longKey: 'VARCHAR(20000) CHARACTER SET ascii COLLATE ascii_nopad_bin',
      instant: 'DATETIME(6)',
    },
    refusesBlankNames: true,
    ties: [
      tiedAlike(
        'a collation that ignores case, accents and blanks',
        'VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
        [`'mat-7'`, `'MAT-7'`, `'Mat-7'`, `'mat-8'`, `'mát-7'`, `'a'`, `'a '`],
      ),
      tiedAlike('both zeros', 'DOUBLE', ['0e0', '-0e0', '1e0']),
    ],
    quote,
    text: literal,
    instant: (milliseconds) =>
      `'${new Date(Date.UTC(2020, 0, 1) + milliseconds).toISOString().replace('T', ' ').slice(0, -1)}'`,
    fromNow,
    localInstant: 'DATETIME(6)',
    localFromNow: fromNow,
    failingAtSeven: (column) => `CASE WHEN ${column} = 7 THEN (SELECT 1 UNION SELECT 2) ELSE 1 END`,
    repeat: (text, times) => `REPEAT(${literal(text)}, ${times})`,
    values,
    undecodable,
    unusableWatermark: 'VARCHAR(20)',
    execute: database.execute,
    rows: async (relation, columns) => {
      const types = new Map(
        await database
          .rows(
            `SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS
              WHERE TABLE_SCHEMA = '${database.name}' AND TABLE_NAME = ${literal(relation)}`,
          )
          .then((rows) => rows.map(([name, type]) => [name, type ?? ''] as const)),
      );
      const texts = columns.map((column) => textOf(quote(column), types.get(column) ?? ''));
      return database.rows(`SELECT ${texts.join(', ')} FROM ${quote(relation)}`);
    },
    open: (t, settings) => {
      const engine = openEngine(settings);
      t.teardown(() => engine.close());
      return Promise.resolve(engine);
    },
  };
}

/** SQL for the text of a column, as the server makes it of any value; of a FLOAT with all the digits that it has. */
function textOf(column: string, type: string): string {
  if (/binary|blob|geometry|point/.test(type)) return `CONCAT('\\x', LOWER(HEX(${column})))`;
  if (type === 'float') return `CAST(${column} + 0e0 AS CHAR)`;
  if (type === 'bit') return `CAST(${column} + 0 AS CHAR)`;
  return `CAST(${column} AS CHAR CHARACTER SET utf8mb4)`;
}

function literal(text: string): string {
  return `_utf8mb4'${text.replaceAll("'", "''")}'`;
}

const asItIs = (text: string) => ({ sql: text, text });
const quoted = (text: string) => ({ sql: literal(text), text });
const given = (sql: string, text: string) => ({ sql, text });

const values: SourceHarness['values'] = [
  { type: 'TINYINT', values: ['127', '-128'].map(asItIs) },
  { type: 'TINYINT UNSIGNED', values: ['255', '0'].map(asItIs) },
  { type: 'INT ZEROFILL', values: [given('7', '0000000007')] },
  { type: 'BIGINT', values: ['9007199254740993', '9223372036854775807', '-9223372036854775808'].map(asItIs) },
  { type: 'BIGINT UNSIGNED', values: ['18446744073709551615', '9223372036854775808'].map(asItIs) },
  {
    type: 'DECIMAL(65,30)',
    values: [asItIs(`${'9'.repeat(35)}.${'9'.repeat(30)}`), given('-0.5', `-0.5${'0'.repeat(29)}`)],
  },
  { type: 'DECIMAL(10,2)', values: [given('1.5', '1.50'), given('-0.01', '-0.01')] },
  {
    type: 'DOUBLE',
    values: [
      ...['0.1', '0.30000000000000004', '123456789.12345679', '1e23', '1.7976931348623157e308'].map(asItIs),
      ...['2.2250738585072014e-308', '5e-324', '-1.5'].map(asItIs),
    ],
  },
  {
    type: 'FLOAT',
    values: [
      given('0.1', '0.10000000149011612'),
      given('16777216', '16777216'),
      given('3.4028235e38', '3.4028234663852886e38'),
    ],
  },
  { type: 'BIT(9)', values: [given(`b'101'`, '5'), given(`b'111111111'`, '511')] },
  { type: 'BIT(64)', values: [given('18446744073709551615', '18446744073709551615')] },
  { type: 'DATE', values: ['0000-00-00', '2020-00-00', '9999-12-31', '1582-10-10'].map(quoted) },
  { type: 'DATETIME', values: ['0000-00-00 00:00:00', '9999-12-31 23:59:59'].map(quoted) },
  { type: 'DATETIME(6)', values: ['2026-03-01 12:34:56.789012', '0001-01-01 00:00:00.000000'].map(quoted) },
  {
    type: 'TIMESTAMP(6) NULL',
    values: ['2026-03-01 02:34:56.789012', '0000-00-00 00:00:00.000000'].map(quoted),
  },
  { type: 'TIME', values: ['838:59:59', '-838:59:59', '00:00:00', '24:00:00'].map(quoted) },
  { type: 'TIME(3)', values: ['-00:00:00.500', '100:00:00.001'].map(quoted) },
  { type: 'YEAR', values: [asItIs('1901'), asItIs('2155'), given('0', '0000')] },
  { type: 'CHAR(5)', values: [given(`'ção  '`, 'ção'), given(`''`, '')] },
  { type: 'VARCHAR(20)', values: [quoted('ção  '), quoted('😀')] },
  { type: 'VARCHAR(20) CHARACTER SET latin1', values: [quoted('ção Ñ € “')] },
  { type: 'VARCHAR(20) CHARACTER SET utf8mb3', values: [quoted('ção Ñ €')] },
  { type: 'TEXT CHARACTER SET cp850', values: [quoted('ção Ñ')] },
  { type: 'VARCHAR(20) CHARACTER SET cp1250', values: [quoted('ść ¤')] },
  { type: 'VARCHAR(20) CHARACTER SET sjis', values: [quoted('刑務所')] },
  { type: 'VARCHAR(20) CHARACTER SET ucs2', values: [quoted('ção €')] },
  { type: 'VARCHAR(20) CHARACTER SET utf16', values: [quoted('ção 😀')] },
  { type: 'VARCHAR(20) CHARACTER SET utf32', values: [quoted('ção 😀')] },
  { type: `ENUM('b', 'á')`, values: [quoted('á'), quoted('b')] },
  { type: `SET('a', 'b') CHARACTER SET latin1`, values: [quoted('a,b'), quoted('')] },
  { type: 'JSON', values: [quoted('{"nome": "ção"}')] },
  { type: 'BINARY(3)', values: [given(`x'00ff'`, '\\x00ff00')] },
  { type: 'VARBINARY(10)', values: [given(`x'00ff0a'`, '\\x00ff0a'), given(`''`, '\\x')] },
  { type: 'BLOB', values: [given(`'ção'`, '\\xc3a7c3a36f')] },
  { type: 'LONGBLOB', values: [given(`x'00'`, '\\x00')] },
  {
    type: 'POINT',
    values: [given('POINT(1, 2)', '\\x000000000101000000000000000000f03f0000000000000040')],
  },
];

const textOfSet = (charset: string) => `VARCHAR(200) CHARACTER SET ${charset}`;

const undecodable: SourceHarness['undecodable'] = [
  { what: 'a text with 0x00', type: textOfSet('utf8mb4'), sql: `x'610062'`, hex: '610062' },
  {
    what: 'a text of another set with 0x00',
    type: textOfSet('latin1'),
    sql: `_latin1 x'e70062'`,
    hex: 'e70062',
  },
  { what: 'half a surrogate pair', type: textOfSet('ucs2'), sql: `_ucs2 x'd83d0041'`, hex: 'd83d0041' },
  { what: 'a U+0000', type: textOfSet('utf16'), sql: `_utf16 x'00410000'`, hex: '00410000' },
];
