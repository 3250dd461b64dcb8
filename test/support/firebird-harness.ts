import type { Test } from 'tap';
import type { Engine } from '../../shared/sources/engine.ts';
import { doubleText, exactDouble } from '../../shared/sources/firebird/doubles.ts';
import { FirebirdSource } from '../../shared/sources/firebird/source.ts';
import type { FirebirdConfig } from '../../shared/sources/source-config.ts';
import { createDatabase, reader, type TestDatabase, type TestFirebird } from './firebird.ts';
import {
  commonSettings,
  pageLimits,
  type SourceHarness,
  type SourceSettings,
  tiedAlike,
} from './source-harness.ts';

type Settings = SourceSettings & Partial<Pick<FirebirdConfig, 'timeoutSeconds' | 'scanTimeoutSeconds'>>;

export interface FirebirdHarness extends SourceHarness {
  readonly database: TestDatabase;
  /** @param changes of its configuration */
  openEngine(settings: Settings, changes?: Partial<FirebirdConfig>, password?: string | null): Engine;
}

export interface FirebirdHarnessOptions {
  /** Of every text that the contract makes; texts of columns NONE are in the same. */
  readonly charset?: 'UTF8' | 'WIN1252' | 'ISO8859_1';
  readonly undecodable?: SourceHarness['undecodable'];
}

/** A database of this test's own, with the user that may only read what the harness creates in it. */
export async function firebirdHarness(
  t: Test,
  server: TestFirebird,
  { charset = 'UTF8', undecodable = [] }: FirebirdHarnessOptions = {},
): Promise<FirebirdHarness> {
  const database = await createDatabase(t, server, { charset, writtenAs: charset });
  const shift = await secondsToUtc(database);
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const openEngine: FirebirdHarness['openEngine'] = (settings, changes = {}, password = reader.password) =>
    new FirebirdSource({
      source: {
        ...{ engine: 'firebird', host: server.host, port: server.port, database: database.path },
        ...{ user: reader.user, charset, allowWritableUser: false },
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
  /** What is created is granted: there are no privileges by default. */
  const execute = async (sql: string) => {
    await settled(() => database.execute(sql));
    const [, created] = /^\s*CREATE (?:TABLE|VIEW)\s+("(?:[^"]|"")+"|\w+)/.exec(sql) ?? [];
    if (created !== undefined) await database.execute(`GRANT SELECT ON ${created} TO ${reader.user}`);
  };
  const fromNow = (seconds: number) => {
    const [unit, amount] = Number.isInteger(seconds) ? ['SECOND', seconds] : ['MILLISECOND', seconds * 1000];
    return `DATEADD(${unit}, ${amount}, DATEADD(SECOND, ${shift}, CURRENT_TIMESTAMP))`;
  };
  return {
    database,
    openEngine,
    types: {
      integer: 'BIGINT',
      text: `BLOB SUB_TYPE TEXT CHARACTER SET ${charset}`,
      name: `VARCHAR(100) CHARACTER SET ${charset}`,
      longKey: 'VARCHAR(20000) CHARACTER SET ASCII',
      instant: 'TIMESTAMP',
    },
    ignoresTrailingBlanks: true,
    refusesBlankNames: true,
    ties: [
      tiedAlike(
        'WIN_PTBR, which ignores case and accents',
        'VARCHAR(20) CHARACTER SET WIN1252 COLLATE WIN_PTBR',
        [`'mat-7'`, `'MAT-7'`, `'Mat-7'`, `'mat-8'`, `'mát-7'`, `'a'`, `'a '`],
      ),
      {
        what: 'CHAR(n) of two lengths',
        types: ['CHAR(3)', 'CHAR(6)'],
        values: [
          [`'a'`, `'ab'`, `'c'`],
          [`'a'`, `'ab'`, `'d'`],
        ],
      },
      tiedAlike('blanks behind', 'VARCHAR(10)', [`'a'`, `'a '`, `'a  '`, `'b'`]),
    ],
    quote,
    text: literal,
    instant: (milliseconds) =>
      `TIMESTAMP '${new Date(Date.UTC(2020, 0, 1) + milliseconds).toISOString().replace('T', ' ').slice(0, -1)}'`,
    fromNow,
    localInstant: 'TIMESTAMP',
    localFromNow: fromNow,
    failingAtSeven: (column) =>
      `CAST(CASE WHEN ${column} = 7 THEN '31/02/1990' ELSE '2020-01-01' END AS DATE)`,
    repeat: (text, times) => {
      // A longer piece makes a BLOB of fewer segments, as programs write them.
      const piece = text.repeat(Math.min(times, Math.ceil(2000 / text.length)));
      const length = Array.from(text).length * times;
      return `RPAD(CAST('' AS BLOB SUB_TYPE TEXT CHARACTER SET ${charset}), ${length}, ${literal(piece)})`;
    },
    values,
    undecodable,
    unusableWatermark: 'BOOLEAN',
    execute,
    insertRows: async (table, rows) => {
      const inserts = rows.map((row) => `INSERT INTO ${quote(table)} VALUES (${row.join(', ')});`);
      for (const block of blocksOf(inserts)) await execute(`EXECUTE BLOCK AS BEGIN ${block.join('\n')} END`);
    },
    rows: async (relation, columns) => {
      const types = await Promise.all(columns.map((column) => typeOf(database, relation, column)));
      const texts = columns.map((column, place) => textOf(quote(column), types[place]));
      const rows = await database.rows(`SELECT ${texts.join(', ')} FROM ${quote(relation)}`);
      return rows.map((row) => row.map((cell, place) => cellText(cell, types[place]?.code === 10)));
    },
    open: (t, settings) => {
      const engine = openEngine(settings);
      t.teardown(() => engine.close());
      return Promise.resolve(engine);
    },
  };
}

/** Of a column, in the numbers of RDB$FIELDS. */
interface ColumnType {
  readonly code: number;
  readonly isOctets: boolean;
}

async function typeOf(database: TestDatabase, relation: string, column: string): Promise<ColumnType> {
  const [row = []] = await database.rows(`SELECT F.RDB$FIELD_TYPE, F.RDB$CHARACTER_SET_ID
    FROM RDB$RELATION_FIELDS R JOIN RDB$FIELDS F ON F.RDB$FIELD_NAME = R.RDB$FIELD_SOURCE
    WHERE R.RDB$RELATION_NAME = ${literal(relation)} AND R.RDB$FIELD_NAME = ${literal(column)}`);
  const code = Number(row[0]);
  return { code, isOctets: row[1] === 1 || (code === 261 && row[1] === null) };
}

/** SQL for the text of a column: the database writes it, but for texts, floating-point numbers and bytes. */
function textOf(column: string, { code, isOctets }: ColumnType = { code: 0, isOctets: false }): string {
  if (isOctets) return `CAST(${column} AS VARCHAR(8000) CHARACTER SET OCTETS)`;
  return [37, 261, 10, 27].includes(code) ? column : `CAST(${column} AS VARCHAR(40))`;
}

/** Bytes in hexadecimal; of a FLOAT what its 32 bits stand for; the rest the database has written. */
function cellText(cell: unknown, isFloat: boolean): string | null {
  if (cell === null) return null;
  if (typeof cell === 'number') return doubleText(cell, isFloat);
  return Buffer.isBuffer(cell) ? `\\x${cell.toString('hex')}` : (cell as string);
}

/** Again when another writer was in the way: two that change one row do not wait for each other in every case. */
async function settled(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      const isConflict = /deadlock|lock conflict|in use/i.test((error as Error).message);
      if (!isConflict) throw error;
    }
  }
}

/** Seconds from the server's local clock to UTC. */
async function secondsToUtc(database: TestDatabase): Promise<number> {
  const [row] = await database.rows('SELECT CAST(CURRENT_TIMESTAMP AS VARCHAR(24)) FROM RDB$DATABASE');
  const local = Date.parse(`${String(row?.[0]).replace(' ', 'T')}Z`);
  return -Math.round((local - Date.now()) / 3_600_000) * 3600;
}

/** Statements in blocks of what one may have: 255 tables, and 60,000 characters. */
function blocksOf(statements: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  let size = 0;
  for (const statement of statements) {
    if (size + statement.length > 60_000 || (blocks.at(-1)?.length ?? 0) >= 250) {
      blocks.push([]);
      size = 0;
    }
    blocks.at(-1)?.push(statement);
    size += statement.length;
  }
  return blocks;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const asItIs = (text: string) => ({ sql: text, text });
const quoted = (text: string) => ({ sql: `'${text}'`, text });
const given = (sql: string, text: string) => ({ sql, text });

const values: SourceHarness['values'] = [
  { type: 'SMALLINT', values: ['32767', '-32768', '0'].map(asItIs) },
  { type: 'INTEGER', values: ['2147483647', '-2147483648'].map(asItIs) },
  {
    type: 'BIGINT',
    values: [...['9007199254740993', '9223372036854775807'].map(asItIs), quoted('-9223372036854775808')],
  },
  {
    type: 'NUMERIC(18,4)',
    values: ['12345678901234.5678', '-0.0001', '0.5000', '-922337203685477.5808'].map(quoted),
  },
  { type: 'NUMERIC(9,2)', values: [asItIs('1234567.89'), given('-0.5', '-0.50')] },
  { type: 'DECIMAL(4,1)', values: [asItIs('999.9')] },
  { type: 'NUMERIC(18,18)', values: [quoted('-0.123456789012345678')] },
  {
    type: 'DOUBLE PRECISION',
    values: [
      ...['0.1', '0.30000000000000004', '123456789.12345679', '1e+23', '-2.2250738585072014e-308'].map(exact),
      given('1.5e300', '1.5e+300'),
      given('0', '0'),
    ],
  },
  {
    type: 'FLOAT',
    values: [given('0.1', '0.1'), given('16777216', '16777216'), given('3.4028234e38', '3.4028235e+38')],
  },
  {
    type: 'TIMESTAMP',
    values: [
      given(`'2026-03-01 12:34:56.7891'`, '2026-03-01 12:34:56.7891'),
      given(`'0001-01-01'`, '0001-01-01 00:00:00.0000'),
      quoted('9999-12-31 23:59:59.9999'),
      quoted('1582-10-10 00:00:00.0000'),
    ],
  },
  { type: 'DATE', values: ['0001-01-01', '1500-02-28', '1582-10-10', '9999-12-31'].map(quoted) },
  { type: 'TIME', values: [quoted('23:59:59.9999'), given(`'01:02'`, '01:02:00.0000')] },
  { type: 'BOOLEAN', values: [given('true', 'TRUE'), given('false', 'FALSE')] },
  { type: 'CHAR(5)', values: [given(`'ção'`, 'ção  '), given(`'😀'`, '😀    '), given(`''`, '     ')] },
  { type: 'CHAR(3) CHARACTER SET OCTETS', values: [given(`x'00ff'`, '\\x00ff00')] },
  { type: 'VARCHAR(10) CHARACTER SET OCTETS', values: [given(`x'00ff0a'`, '\\x00ff0a'), given(`''`, '\\x')] },
  { type: 'VARCHAR(10) CHARACTER SET WIN1252', values: [given(`'ção Ñ €'`, 'ção Ñ €')] },
  { type: 'VARCHAR(10) CHARACTER SET ISO8859_1', values: [given(`'ção Ñ'`, 'ção Ñ')] },
  { type: 'VARCHAR(10) CHARACTER SET DOS850', values: [given(`'ção Ñ'`, 'ção Ñ')] },
  { type: 'VARCHAR(20) CHARACTER SET UNICODE_FSS', values: [given(`'ção Ñ €'`, 'ção Ñ €')] },
  { type: 'BLOB SUB_TYPE 0', values: [given(`x'00ff0a'`, '\\x00ff0a'), given(`''`, '\\x')] },
  { type: 'BLOB SUB_TYPE TEXT CHARACTER SET WIN1252', values: [given(`'ção Ñ €'`, 'ção Ñ €')] },
];

/** As an exact product of powers of two: Firebird errs in the last bit when it reads decimal digits. */
function exact(text: string): { sql: string; text: string } {
  return { sql: exactDouble(text, false) ?? '', text };
}
