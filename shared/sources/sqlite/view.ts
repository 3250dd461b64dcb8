import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { GuaritaError } from '../../errors.ts';
import type { Position } from '../reading/cursor.ts';
import { describeLog, describeView } from '../reading/describe-view.ts';
import { rawKeyText } from '../reading/keys.ts';
import { afterByRowValue, type KeysetDialect, type KeysetRelation } from '../reading/keyset.ts';
import { utf8Text } from '../reading/lines.ts';
import type { PageBuilder } from '../reading/page-builder.ts';
import type { SqliteConfig } from '../source-config.ts';
import { modeOf, relationParts, type ViewConfig } from '../view-config.ts';
import { SqliteBound } from './bound.ts';
import { SqliteLines } from './lines.ts';
import { keyOfView } from './log-keys.ts';
import { SqliteFinder } from './finder.ts';
import { bytesOf, positionOf, quoteIdentifier, quoteText, type SqliteColumn, valueOf } from './values.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import { otherModes } from '../reading/view-modes.ts';
import type {
  CycleBound,
  LogReader,
  RowsRead,
  Scan,
  ViewSnapshot,
  ViewSurvey,
} from '../reading/view-snapshot.ts';
import type { ViewDescription } from '../view-source.ts';

/** Rows read before the event loop gets its turn; SQLite itself works in this thread. */
const rowsPerTurn = 2000;

/** A view or table; `relation` is its name, quoted. */
interface SqliteRelation {
  readonly relation: string;
  readonly columns: readonly SqliteColumn[];
}

/** A view as the file has it. */
export interface SqliteView extends SqliteRelation {
  readonly db: Database.Database;
  readonly config: ViewConfig;
  readonly description: ViewDescription;
  /** What bounds its cycles; null in mode `snapshot`. */
  readonly bound: CycleBound | null;
  /** The log of its changes, in mode `changelog`. */
  readonly log: SqliteRelation | null;
}

/** Throws `view-missing`, `column-missing`, `column-unusable`, `mode-unusable`, `watermark-unusable`. */
export function openSqliteView(
  db: Database.Database,
  config: ViewConfig,
  source: SqliteConfig,
  epoch: string,
): SqliteView {
  const { name, changelog } = config;
  const { relation, columns: available } = readRelation(db, config, `View "${name}"`);
  const { description, columns } = describeView(config, available, epoch);
  const bounded = (of: SqliteRelation, column: string, where: string) =>
    new SqliteBound(db, source, {
      ...{ relation: of.relation, name: column, where, format: config.watermarkFormat },
      type: of.columns.find((candidate) => candidate.name === column)?.type ?? '',
      otherModes: otherModes(config),
    });
  const view = { db, config, description, relation, columns };
  if (modeOf(config) === 'changelog' && changelog !== undefined) {
    const log = readRelation(db, { name, relation: changelog.relation }, `View "${name}", log`);
    describeLog(name, changelog, log.columns);
    const bound = bounded(log, changelog.watermark, `View "${name}", log ${log.relation}`);
    return { ...view, log, bound };
  }
  const { watermark } = description;
  const bound = watermark === null ? null : bounded(view, watermark, `View "${name}"`);
  return { ...view, log: null, bound };
}

/** The view in the transaction that its handle is in. */
export function sqliteSnapshot(view: SqliteView, signal: AbortSignal | undefined): ViewSnapshot {
  const { db, description, relation, columns, bound } = view;
  const lines = new SqliteLines(db, relation, columns, keptPlaces(description));
  const key = description.key.flatMap((name) => columns.filter((column) => column.name === name));
  return {
    description,
    keyset: keysetOf(view, description.key),
    bound,
    log: logOf(view),
    finder: new SqliteFinder(db, { relation, key }, lines, signal),
    scan: scanOf(lines, relation, signal),
    rows: (where, orderBy, limit, page) =>
      pageRows(view, lines, {
        from: `FROM ${relation} WHERE ${where} ORDER BY ${orderBy}`,
        limit,
        page,
        signal,
      }),
    plan: (where, orderBy, limit) => {
      const query = `SELECT * FROM ${relation} WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`;
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[];
      const text = steps.map(({ detail }) => detail).join('\n');
      return Promise.resolve({ text, isServed: !text.includes('TEMP B-TREE') });
    },
    survey: () => Promise.resolve(surveyOf(view)),
  };
}

function surveyOf({ db, relation, description: { key, watermark } }: SqliteView): ViewSurvey {
  const names = key.map(quoteIdentifier);
  const noKey = names.map((name) => `${name} IS NULL`).join(' OR ');
  const noWatermark = watermark === null ? '0' : `${quoteIdentifier(watermark)} IS NULL`;
  const counts: unknown = db
    .prepare(`SELECT count(*), total(${noKey}), total(${noWatermark}) FROM ${relation}`)
    .raw()
    .get();
  const [rows, nullKeys, nullWatermarks] = counts as [number, number, number];
  const repeated = `SELECT 1 FROM ${relation} GROUP BY ${names.join(', ')} HAVING count(*) > 1`;
  const repeatedKeys: unknown = db.prepare(`SELECT count(*) FROM (${repeated})`).pluck().get();
  return { rows, repeatedKeys: Number(repeatedKeys), nullKeys, nullWatermarks };
}

export const sqliteDialect: KeysetDialect = {
  identifier: quoteIdentifier,
  value(_column, text) {
    const value = valueOf(text);
    if (value === undefined) throw new GuaritaError('cursor-invalid');
    return value;
  },
  after: afterByRowValue,
  // Without the plus, SQLite may take another index for this than that of the order.
  notNull: (column) => `+${column} IS NOT NULL`,
};

function readRelation(
  db: Database.Database,
  names: Parameters<typeof relationParts>[0],
  what: string,
): SqliteRelation {
  const relation = relationParts(names).map(quoteIdentifier).join('.');
  try {
    // Of a view, SQLite declares a type where the column comes straight from a table, and never NOT NULL.
    const statement = db.prepare(`SELECT * FROM ${relation} LIMIT 0`);
    const columns = statement.columns().map(({ name, type }) => ({ name, type: type ?? '', nullable: true }));
    return { relation, columns };
  } catch (error) {
    const absent = error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
    if (!absent) throw error;
    throw new GuaritaError('view-missing', `${what} (${relation}).`, { cause: error });
  }
}

function keysetOf({ columns }: SqliteRelation, key: readonly string[]): KeysetRelation {
  return {
    dialect: sqliteDialect,
    key,
    isNullable: (name) => columns.find((column) => column.name === name)?.nullable ?? true,
  };
}

function scanOf(lines: SqliteLines, relation: string, signal: AbortSignal | undefined): Scan {
  return async (take) => {
    let read = 0;
    for (const line of lines.read(`FROM ${relation}`, -1)) {
      take(line);
      if (++read % rowsPerTurn !== 0) continue;
      await nextTurn();
      signal?.throwIfAborted();
    }
  };
}

interface RowsQuery {
  /** FROM, conditions and order. */
  readonly from: string;
  readonly limit: number;
  readonly page: PageBuilder;
  readonly signal: AbortSignal | undefined;
}

async function pageRows(
  view: SqliteView,
  lines: SqliteLines,
  { from, limit, page, signal }: RowsQuery,
): Promise<RowsRead> {
  const before = page.rows;
  let received = 0;
  for (const line of lines.read(from, limit)) {
    received++;
    if (!page.push(line)) break;
    if (received % rowsPerTurn === 0) await nextTurn();
    signal?.throwIfAborted();
  }
  const taken = page.rows - before;
  const positions = async function* () {
    for (let place = taken - 1; place >= 0; place--) yield positionAt(view, from, place);
  };
  return { received, taken, positions };
}

function positionAt({ db, description }: SqliteView, from: string, offset: number): Position {
  const { watermark, key } = description;
  const columns = key.map((column) => positionOf(quoteIdentifier(column)));
  const mark = watermark === null ? 'NULL' : positionOf(quoteIdentifier(watermark));
  const row: unknown = db
    .prepare(`SELECT ${[mark, ...columns].join(', ')} ${from} LIMIT 1 OFFSET ${offset}`)
    .raw()
    .get();
  const [at, ...keys] = row as [string | null, ...string[]];
  return { watermark: at, key: keys };
}

function logOf(view: SqliteView): LogReader | null {
  const { db, config, log } = view;
  const { changelog } = config;
  if (log === null || changelog === undefined) return null;
  const { watermark, key, table, operation } = changelog;
  const columns = key.flatMap((name) => log.columns.filter((column) => column.name === name));
  const positions = [watermark, ...key].map((name) => positionOf(quoteIdentifier(name)));
  const fields = [...positions, ...columns.map(bytesOf)].join(', ');
  const filter = [table, operation].flatMap((filter) =>
    filter === undefined
      ? []
      : [`CAST(${quoteIdentifier(filter.column)} AS TEXT) IN (${filter.values.map(quoteText).join(', ')})`],
  );
  const asInView = keyOfView({ ...view, key: config.key });
  return {
    keyset: keysetOf(log, key),
    watermark,
    filter,
    entries: (where, orderBy, limit) => {
      const sql = `SELECT ${fields} FROM ${log.relation} WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`;
      const rows = db.prepare(sql).raw().all() as LogRow[];
      return Promise.resolve(
        rows.map(([at, ...rest]) => ({
          position: { watermark: at, key: rest.slice(0, key.length) as string[] },
          key: asInView((rest.slice(key.length) as Buffer[]).map(keyTextOf)),
        })),
      );
    },
  };
}

/** Watermark and key with their storage classes, then the key as bytes of text. */
type LogRow = readonly [watermark: string, ...rest: (string | Buffer)[]];

function keyTextOf(bytes: Buffer): string {
  return utf8Text(bytes) ?? rawKeyText(bytes.toString('hex'));
}
