import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GuaritaError } from '../errors.ts';
import { readLookup } from './answer-keys.ts';
import { describeEach, shortHash } from './describe-view.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { readDigests, readListing } from './read-digests.ts';
import { readPage } from './read-page.ts';
import type { SqliteConfig } from './source-config.ts';
import { openSqliteView, sqliteSnapshot } from './sqlite-view.ts';
import type { ViewSnapshot } from './view-snapshot.ts';
import type {
  DigestsRequest,
  Listing,
  ListRequest,
  Lookup,
  LookupRequest,
  Page,
  PageRequest,
  SourceDescription,
  ViewDigests,
} from './view-source.ts';

/**
 * A SQLite file, opened read-only for each answer: the open handle is the only user that SQLite knows, and its
 * transaction is the answer's snapshot.
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
        return openSqliteView(db, config, this.#config, this.#epoch()).description;
      });
      return { databaseClock: String(clock), ...described };
    });
  }

  page(name: string, request: PageRequest): Promise<Page> {
    return this.#read(name, request, (view) => readPage(view, request, this.#options.pages, this.#lineBytes));
  }

  digests(name: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#read(name, request, (view) => readDigests(view.description, request, view.scan));
  }

  list(name: string, request: ListRequest): Promise<Listing> {
    const { bytes } = this.#options.pages;
    return this.#read(name, request, (view) => readListing(view.description, request, bytes, view.scan));
  }

  lookup(name: string, request: LookupRequest): Promise<Lookup> {
    const { bytes } = this.#options.pages;
    return this.#read(name, request, (view) =>
      readLookup(view, request, bytes, this.#lineBytes.get(name) ?? 0),
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Work on one view in one snapshot. */
  async #read<T>(
    name: string,
    { signal }: { readonly signal?: AbortSignal },
    work: (view: ViewSnapshot) => Promise<T>,
  ): Promise<T> {
    const config = this.#options.views.find((view) => view.name === name);
    if (config === undefined) throw new GuaritaError('view-unknown', `View "${name}".`);
    return this.#snapshot((db) =>
      work(sqliteSnapshot(openSqliteView(db, config, this.#config, this.#epoch()), signal)),
    );
  }

  async #snapshot<T>(work: (db: Database.Database) => T | Promise<T>): Promise<T> {
    let db: Database.Database | undefined;
    try {
      db = new Database(this.#config.file, { readonly: true, fileMustExist: true, timeout: 5000 });
      db.pragma('query_only = ON');
      // Rows are read one after the other: the 16 MB that the driver would keep of them serve nobody again.
      db.pragma('cache_size = -2000');
      db.exec('BEGIN');
      return await work(db);
    } catch (error) {
      throw sqliteError(error);
    } finally {
      db?.close();
    }
  }

  /** A file put in the place of the old one has another inode; one written over needs the declared `epoch`. */
  #epoch(): string {
    const { dev, ino } = statSync(this.#config.file);
    return shortHash(`sqlite/${dev}/${ino}/${this.#config.epoch}`);
  }
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
