import Database from 'better-sqlite3';
import type { GuaritaError } from '../../errors.ts';
import type { SessionFacts } from '../engine.ts';
import type { Patience } from '../sessions.ts';
import type { SqliteConfig } from '../source-config.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import { SqlSource } from '../sql/source.ts';
import { sqliteError } from './errors.ts';
import { SqliteSnapshot } from './snapshot.ts';
import type { SqliteColumn } from './values.ts';

/**
 * A SQLite file, opened read-only for each answer: the open handle is the only user that SQLite knows, and its
 * transaction is the answer's snapshot.
 */
export class SqliteSource extends SqlSource<SqliteConfig, SqliteColumn> {
  get address(): null {
    return null;
  }

  async session(): Promise<SessionFacts> {
    try {
      return await this.#within(async (db) => {
        const text = (statement: string) => String(db.prepare(statement).pluck().get());
        return {
          product: `SQLite ${text('SELECT sqlite_version()')}`,
          encryption: null,
          timeZone: 'UTC',
          characterSet: text('PRAGMA encoding'),
          clock: await new SqliteSnapshot(db, this.options.source).clock(),
        };
      });
    } catch (error) {
      throw sqliteError(error);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  protected transaction<T>(
    work: (snapshot: SqlSnapshot<SqliteColumn>) => Promise<T>,
    { signal }: Patience,
  ): Promise<T> {
    return this.#within((db) => work(new SqliteSnapshot(db, this.options.source, signal)));
  }

  protected errorOf(error: unknown): GuaritaError {
    return sqliteError(error);
  }

  async #within<T>(work: (db: Database.Database) => Promise<T>): Promise<T> {
    let db: Database.Database | undefined;
    try {
      db = new Database(this.options.source.file, { readonly: true, fileMustExist: true, timeout: 5000 });
      db.pragma('query_only = ON');
      // Rows are read one after the other: the 16 MB that the driver would keep of them serve nobody again.
      db.pragma('cache_size = -2000');
      db.exec('BEGIN');
      return await work(db);
    } finally {
      db?.close();
    }
  }
}
