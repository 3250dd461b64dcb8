import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { GuaritaError } from './errors.ts';

export type StateFile = Database.Database;

/**
 * A program's own state: one SQLite file, readable by its owner only, each commit on disk before it counts.
 * `migrations` are applied in order, once; their number is the file's version. A file of a newer version is refused.
 * Throws `state-unwritable` and `state-newer`.
 */
export function openStateFile(file: string, migrations: readonly string[]): StateFile {
  const previous = process.umask(0o077);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file, { timeout: 10_000 });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.transaction(() => migrate(db, file, migrations)).immediate();
    return db;
  } catch (error) {
    throw stateError(error, file);
  } finally {
    process.umask(previous);
  }
}

/** A failure to write state as ours: nothing may go on that would not be recorded. */
export function stateError(error: unknown, what: string): GuaritaError {
  if (error instanceof GuaritaError) return error;
  return new GuaritaError('state-unwritable', `"${what}".`, { cause: error });
}

function migrate(db: StateFile, file: string, migrations: readonly string[]): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new GuaritaError(
      'state-newer',
      `File "${file}" has version ${version}, known is ${migrations.length}.`,
    );
  }
  for (const sql of migrations.slice(version)) db.exec(sql);
  db.pragma(`user_version = ${migrations.length}`);
}

/**
 * Takes a folder for this process alone, until `release` or until the process ends, however it ends: the lock is
 * SQLite's own on an open file, so that no stale one can stay behind. Null when another process holds it.
 */
export function lockFolder(folder: string, name: string): { release(): void } | null {
  const file = join(folder, `${name}.lock`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const db = new Database(file, { timeout: 0 });
    try {
      db.exec('BEGIN EXCLUSIVE');
      return { release: () => void db.close() };
    } catch (error) {
      db.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
      throw error;
    }
  } catch (error) {
    throw stateError(error, file);
  }
}
