import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { GuaritaError } from '../errors.ts';
import type { Position } from '../watermark.ts';
import { describeEach, describeView, shortHash } from './describe-view.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { afterByRowValue, type KeysetDialect } from './keyset.ts';
import { encodeField, encodeRawFields, nullField } from './lines.ts';
import type { PageBuilder } from './page-builder.ts';
import { type PageReader, readPage } from './read-page.ts';
import { relationParts, type SqliteConfig, type ViewConfig } from './source-config.ts';
import { SqliteBound } from './sqlite-bound.ts';
import {
  bytesOf,
  isSuspect,
  positionOf,
  quoteIdentifier,
  type SqliteColumn,
  textOf,
  valueOf,
} from './sqlite-values.ts';
import type { Page, PageRequest, SourceDescription, ViewDescription } from './view-source.ts';

/** Rows read before the event loop gets its turn; SQLite itself works in this thread. */
const rowsPerTurn = 2000;

interface OpenView {
  readonly db: Database.Database;
  readonly config: ViewConfig;
  readonly relation: string;
  readonly columns: readonly SqliteColumn[];
  readonly description: ViewDescription;
}

/**
 * A SQLite file, opened read-only for each page: the open handle is the only user that SQLite knows, and its
 * transaction is the page's snapshot.
 */
export class SqliteSource implements Engine {
  readonly #options: EngineOptions<SqliteConfig>;
  readonly #config: SqliteConfig;
  readonly #lineBytes = new Map<string, number>();

  constructor(options: EngineOptions<SqliteConfig>) {
    this.#options = options;
    this.#config = options.source;
  }

  /** Tries to write, with nothing but the handle in the way, and takes it back if that ever succeeds. */
  proveReadOnly(): Promise<readonly string[]> {
    return this.#snapshot((db) => {
      db.pragma('query_only = OFF');
      try {
        db.exec('CREATE TABLE guarita_write_probe (x)');
        db.exec('ROLLBACK; BEGIN');
        return ['the file was opened for writing'];
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) return [];
        throw error;
      }
    });
  }

  describe(): Promise<SourceDescription> {
    return this.#snapshot(async (db) => {
      const clock: unknown = db.prepare(`SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`).pluck().get();
      const described = await describeEach(this.#options.views, (config) => {
        const view = this.#open(db, config);
        // Made only to be checked: a watermark that cannot bound the view is refused here, not at the first page.
        void this.#bound(view);
        return view.description;
      });
      return { databaseClock: String(clock), ...described };
    });
  }

  async page(name: string, request: PageRequest): Promise<Page> {
    const config = this.#options.views.find((view) => view.name === name);
    if (config === undefined) throw new GuaritaError('view-unknown', `View "${name}".`);
    return this.#snapshot((db) => {
      const view = this.#open(db, config);
      const bound = this.#bound(view);
      const reader: PageReader = {
        dialect: sqliteDialect,
        lineBytes: this.#lineBytes,
        bound: () => Promise.resolve(bound.read()),
        checkBound: (until) => Promise.resolve(bound.check(until)),
        isBefore: (watermark, other) => Promise.resolve(bound.isBefore(watermark, other)),
        following: (from, until) => Promise.resolve(bound.following(from, until)),
        rows: (where, orderBy, limit, page) =>
          readRows(view, `${where} ORDER BY ${orderBy}`, limit, page, request.signal),
      };
      return readPage(view.description, request, this.#options.pages, reader);
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #snapshot<T>(work: (db: Database.Database) => T | Promise<T>): Promise<T> {
    let db: Database.Database | undefined;
    try {
      db = new Database(this.#config.file, { readonly: true, fileMustExist: true, timeout: 5000 });
      db.pragma('query_only = ON');
      db.exec('BEGIN');
      return await work(db);
    } catch (error) {
      throw sqliteError(error);
    } finally {
      db?.close();
    }
  }

  #open(db: Database.Database, config: ViewConfig): OpenView {
    const relation = relationParts(config).map(quoteIdentifier).join('.');
    const available = readColumns(db, config, relation);
    const { description, columns } = describeView(config, available, this.#epoch());
    return { db, config, relation, columns, description };
  }

  #bound(view: OpenView): SqliteBound {
    return new SqliteBound(view.db, this.#config, view.config, view.relation, view.columns);
  }

  /** A file put in the place of the old one has another inode; one written over needs the declared `epoch`. */
  #epoch(): string {
    const { dev, ino } = statSync(this.#config.file);
    return shortHash(`sqlite/${dev}/${ino}/${this.#config.epoch}`);
  }
}

export const sqliteDialect: KeysetDialect = {
  identifier: quoteIdentifier,
  value(_column, text) {
    const value = valueOf(text);
    if (value === undefined) throw new GuaritaError('cursor-invalid');
    return value;
  },
  after: afterByRowValue,
};

function readColumns(db: Database.Database, config: ViewConfig, relation: string): SqliteColumn[] {
  try {
    // Of a view, SQLite declares a type where the column comes straight from a table, and never NOT NULL.
    const statement = db.prepare(`SELECT * FROM ${relation} LIMIT 0`);
    return statement.columns().map(({ name, type }) => ({ name, type: type ?? '', nullable: true }));
  } catch (error) {
    const absent = error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
    if (!absent) throw error;
    throw new GuaritaError('view-missing', `View "${config.name}" (${relation}).`, { cause: error });
  }
}

async function readRows(
  view: OpenView,
  query: string,
  limit: number,
  page: PageBuilder,
  signal: AbortSignal | undefined,
): Promise<{ received: number; last: Position | null }> {
  const from = `FROM ${view.relation} WHERE ${query}`;
  const before = page.rows;
  let received = 0;
  for (const line of readLines(view, from, limit)) {
    received++;
    if (!page.push(Buffer.from(line))) break;
    if (received % rowsPerTurn === 0) await nextTurn();
    signal?.throwIfAborted();
  }
  const taken = page.rows - before;
  return { received, last: taken === 0 ? null : readPosition(view, from, taken - 1) };
}

/** Reads texts, which is fastest, up to the first that may not be what the file holds, and bytes from there on. */
function* readLines(view: OpenView, from: string, limit: number): Generator<string> {
  const read = <T>(columns: readonly string[], offset: number) =>
    view.db
      .prepare(`SELECT ${columns.join(', ')} ${from} LIMIT ${limit - offset} OFFSET ${offset}`)
      .raw()
      .iterate() as IterableIterator<readonly T[]>;
  const bytes = function* (offset: number): Generator<string> {
    for (const row of read<Buffer | null>(view.columns.map(bytesOf), offset)) yield encodeRawFields(row);
  };
  let given = 0;
  for (const row of read<string | null>(view.columns.map(textOf), 0)) {
    const line = lineOf(row);
    if (line === null) return yield* bytes(given);
    given++;
    yield line;
  }
}

/** The line of a row, or null when its text may not be what the file holds. */
function lineOf(row: readonly (string | null)[]): string | null {
  let line = nullField;
  for (const text of row) {
    if (text !== null && isSuspect(text)) return null;
    line += `\t${encodeField(text)}`;
  }
  return line;
}

function readPosition(view: OpenView, from: string, offset: number): Position {
  const { watermark, key, name } = view.description;
  const columns = [watermark, ...key].map((column) => positionOf(quoteIdentifier(column)));
  const row: unknown = view.db
    .prepare(`SELECT ${columns.join(', ')} ${from} LIMIT 1 OFFSET ${offset}`)
    .raw()
    .get();
  const [mark, ...keys] = row as (string | null)[];
  const missing = keys.indexOf(null);
  if (missing !== -1) {
    throw new GuaritaError('row-breaks-key', `View "${name}", column "${key[missing]}" is null.`);
  }
  return { watermark: mark ?? null, key: keys as string[] };
}

/** SQLite's messages name tables and columns, never values, but they stay in the log all the same. */
function sqliteError(error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  if (error instanceof DOMException) return new GuaritaError('request-abandoned', '', { cause: error });
  if (error instanceof Database.SqliteError) {
    const unavailable = /^SQLITE_(CANTOPEN|BUSY|LOCKED|NOTADB|IOERR)/.test(error.code);
    return new GuaritaError(unavailable ? 'source-unavailable' : 'source-failed', `${error.code}.`, {
      cause: error,
    });
  }
  return new GuaritaError('source-unavailable', '', { cause: error });
}
