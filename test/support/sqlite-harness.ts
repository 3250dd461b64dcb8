import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import type { Engine } from '../../shared/sources/engine.ts';
import { SqliteSource } from '../../shared/sources/sqlite/source.ts';
import {
  commonSettings,
  pageLimits,
  type SourceHarness,
  type SourceSettings,
  tiedAlike,
} from './source-harness.ts';
import { temporaryParent } from './temporary-parent.ts';

export interface SqliteHarness extends SourceHarness {
  readonly file: string;
  /** The connection that writes. */
  readonly db: Database.Database;
  openEngine(settings: SourceSettings): Engine;
}

/** A SQLite file of this test's own. In WAL mode, so that it can be written while it is read. */
export function sqliteHarness(t: Test): SqliteHarness {
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-sqlite-'));
  const file = join(folder, 'estado.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  t.teardown(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const openEngine = (settings: SourceSettings) =>
    new SqliteSource({
      source: { engine: 'sqlite', file, ...commonSettings(settings) },
      views: settings.views,
      pages: pageLimits(settings),
      password: null,
    });
  return {
    file,
    db,
    openEngine,
    types: { integer: 'INTEGER', text: 'TEXT', name: 'VARCHAR(100)', instant: 'DATETIME' },
    quote,
    text: (value) => `'${value.replaceAll("'", "''")}'`,
    instant: (milliseconds) => `'${instantText(milliseconds)}'`,
    fromNow: (seconds) => `strftime('%Y-%m-%d %H:%M:%f', 'now', '${seconds} seconds')`,
    localInstant: 'DATETIME',
    localFromNow: (seconds) => `strftime('%Y-%m-%d %H:%M:%f', 'now', '${seconds} seconds')`,
    failingAtSeven: (column) => `json_extract(CASE WHEN ${column} = 7 THEN '{' ELSE '{}' END, '$.x')`,
    repeat: (text, times) => `replace(printf('%.*c', ${times}, '@'), '@', '${text}')`,
    values,
    undecodable,
    ties: [
      tiedAlike('numbers in a column without a type', '', [
        '7',
        '7.0',
        `'7'`,
        '8.0',
        '8',
        '9.5',
        '-0.0',
        '0',
      ]),
      tiedAlike('NOCASE', 'TEXT COLLATE NOCASE', [`'mat-7'`, `'MAT-7'`, `'Mat-7'`, `'mat-8'`, `'a'`]),
      tiedAlike('RTRIM', 'TEXT COLLATE RTRIM', [`'a'`, `'a '`, `'a  '`, `'b'`, `'b '`]),
    ],
    execute: async (sql) => {
      db.exec(sql);
      // A writer that never waits would leave the reader no turn of the event loop.
      await nextTurn();
    },
    rows: (relation, columns) => {
      const texts = columns.map((column) => {
        const name = quote(column);
        const [type] = db.prepare(`SELECT ${name} FROM ${quote(relation)} LIMIT 0`).columns();
        const bytes = type?.type?.toUpperCase().includes('BLOB') === true;
        return bytes
          ? `CASE WHEN ${name} IS NULL THEN NULL ELSE '\\x' || lower(hex(${name})) END`
          : `CASE typeof(${name}) WHEN 'real' THEN quote(${name}) ELSE CAST(${name} AS TEXT) END`;
      });
      const rows: unknown = db
        .prepare(`SELECT ${texts.join(', ')} FROM ${quote(relation)}`)
        .raw()
        .all();
      return Promise.resolve(rows as (string | null)[][]);
    },
    open: (t, settings) => {
      const engine = openEngine(settings);
      t.teardown(() => engine.close());
      return Promise.resolve(engine);
    },
  };
}

/** 2020-01-01T00:00:00Z and so many milliseconds, as the default `watermarkFormat` writes it. */
function instantText(milliseconds: number): string {
  return new Date(Date.UTC(2020, 0, 1) + milliseconds).toISOString().replace('T', ' ').slice(0, -1);
}

const asItIs = (text: string) => ({ sql: text, text });
const quoted = (text: string) => ({ sql: `'${text}'`, text });

const values: SourceHarness['values'] = [
  {
    type: 'INTEGER',
    values: [
      ...['9007199254740993', '9223372036854775807', '-9223372036854775808', '-1', '0'].map(asItIs),
      quoted('texto'),
      quoted('0x10'),
      { sql: "X'616263'", text: 'abc' },
      asItIs('1.5'),
      { sql: "'9223372036854775808'", text: '9.2233720368547758e+18' },
    ],
  },
  {
    type: 'REAL',
    values: [
      ...[
        '0.1',
        '0.30000000000000004',
        '1.0',
        '4.9406564584124654e-324',
        '1.7976931348623157e+308',
        '123456789.12345679',
      ].map(asItIs),
      { sql: '9e999', text: '9.0e+999' },
      { sql: '-9e999', text: '-9.0e+999' },
      quoted('NaN'),
    ],
  },
  {
    type: 'NUMERIC(38,10)',
    values: [...['1', '1.25'].map(asItIs), quoted('abc'), { sql: "'1.50'", text: '1.5' }],
  },
  {
    type: 'TEXT',
    values: [
      quoted('0044-03-15 BC'),
      quoted('1582-10-10'),
      quoted('{"a":1}'),
      { sql: '1.10', text: '1.1' },
      { sql: "X'c3a7'", text: 'ç' },
    ],
  },
  {
    type: 'BLOB',
    values: [
      { sql: "X'00ff'", text: '\\x00ff' },
      { sql: "X''", text: '\\x' },
      { sql: "'ção'", text: '\\xc3a7c3a36f' },
      { sql: '12', text: '\\x3132' },
    ],
  },
  { type: 'DATE', values: [quoted('5874897-12-31'), quoted('0000-00-00')] },
];

const bytesAsText = (hex: string) => ({ type: 'TEXT', sql: `CAST(X'${hex}' AS TEXT)`, hex });

const undecodable: SourceHarness['undecodable'] = [
  { what: 'LATIN1 in a UTF-8 database', ...bytesAsText('e7e36f') },
  { what: 'a text with 0x00', ...bytesAsText('610062') },
  { what: 'a cut sequence', ...bytesAsText('6f20f09f98') },
  { what: 'a lone surrogate', ...bytesAsText('eda080') },
  { what: 'bytes in a text column', type: 'TEXT', sql: "X'ff00'", hex: 'ff00' },
];
