import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GuaritaError } from '../../errors.ts';
import { DatabaseSource } from '../database-source.ts';
import { describeEach, shortHash } from '../reading/describe-view.ts';
import type { SessionFacts } from '../engine.ts';
import type { Patience } from '../sessions.ts';
import type { SqliteConfig } from '../source-config.ts';
import type { ViewConfig } from '../view-config.ts';
import { openSqliteView, sqliteSnapshot } from './view.ts';
import type { ViewSnapshot } from '../reading/view-snapshot.ts';
import type { SourceDescription } from '../view-source.ts';

const clockStatement = `SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;

/**
 * A SQLite file, opened read-only for each answer: the open handle is the only user that SQLite knows, and its
 * transaction is the answer's snapshot.
 */
export class SqliteSource extends DatabaseSource<SqliteConfig> {
  get address(): null {
    return null;
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
      const clock: unknown = db.prepare(clockStatement).pluck().get();
      const described = await describeEach(this.options.views, (config) => {
        return openSqliteView(db, config, this.options.source, this.#epoch()).description;
      });
      return { databaseClock: String(clock), ...described };
    });
  }

  session(): Promise<SessionFacts> {
    return this.#snapshot((db) => {
      const text = (statement: string) => String(db.prepare(statement).pluck().get());
      return {
        product: `SQLite ${text('SELECT sqlite_version()')}`,
        encryption: null,
        timeZone: 'UTC',
        characterSet: text('PRAGMA encoding'),
        clock: text(clockStatement),
      };
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  protected read<T>(
    config: ViewConfig,
    { signal }: Patience,
    work: (view: ViewSnapshot) => Promise<T>,
  ): Promise<T> {
    return this.#snapshot((db) =>
      work(sqliteSnapshot(openSqliteView(db, config, this.options.source, this.#epoch()), signal)),
    );
  }

  async #snapshot<T>(work: (db: Database.Database) => T | Promise<T>): Promise<T> {
    let db: Database.Database | undefined;
    try {
      db = new Database(this.options.source.file, { readonly: true, fileMustExist: true, timeout: 5000 });
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
    const { dev, ino } = statSync(this.options.source.file);
    return shortHash(`sqlite/${dev}/${ino}/${this.options.source.epoch}`);
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
