import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { GuaritaError } from './errors.ts';
import type { ProblemCode } from './problems/catalogue.ts';

export type StateFile = Database.Database;

/** Loads the native part of SQLite, which otherwise the first file that is opened does, with the rights of that moment. */
export function loadSqlite(): void {
  new Database(':memory:').close();
}

/**
 * A program's own state: one SQLite file, readable by its owner only, each commit on disk before it counts.
 * `migrations` are applied in order, once; their number is the file's version. A file of a newer version is refused.
 * Throws `state-unwritable`, `state-newer`, and `damaged` for a file that is no sound database.
 */
export function openStateFile(
  file: string,
  migrations: readonly string[],
  damaged: ProblemCode = 'state-unwritable',
): StateFile {
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
    throw readingError(error, file, damaged);
  } finally {
    process.umask(previous);
  }
}

/**
 * A state file as it is, to look into it while the program that owns it may be at work; null when there is none.
 * Throws `state-unwritable` when it cannot be opened, and `damaged` when it is no database at all: what lies deeper
 * shows only when it is read.
 */
export function readStateFile(file: string, damaged: ProblemCode = 'state-unwritable'): StateFile | null {
  if (!existsSync(file)) return null;
  return openAsIs(file, { readonly: true }, damaged);
}

/**
 * A damaged state file, to save from it what can still be read, without writing to it. Each reading may throw. SQLite
 * refuses to open a file that is shorter than it says of itself, except for those who are out to mend it.
 */
export function readDamagedStateFile(file: string): StateFile {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  return db;
}

/**
 * A state file as it is, to write into it what was saved from a damaged one. References between its tables are not
 * asked for: what one refers to may be what was lost.
 */
export function mendStateFile(file: string): StateFile {
  const db = openAsIs(file, { readonly: false }, 'state-unwritable');
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = FULL');
  return db;
}

function openAsIs(file: string, { readonly }: { readonly: boolean }, damaged: ProblemCode): StateFile {
  let db: StateFile | null = null;
  try {
    db = new Database(file, { readonly, fileMustExist: true, timeout: 10_000 });
    stateVersion(db);
    return db;
  } catch (error) {
    db?.close();
    throw readingError(error, file, damaged);
  }
}

/** What went wrong with reading a state file, as ours: `damaged` when the file is at fault. */
export function readingError(error: unknown, file: string, damaged: ProblemCode): GuaritaError {
  if (isDamage(error)) return new GuaritaError(damaged, `Arquivo "${file}".`, { cause: error });
  return stateError(error, file);
}

/** Migrations that a state file has seen; 0 for one without anything in it. */
export function stateVersion(db: StateFile): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** A failure to write state as ours: nothing may go on that would not be recorded. */
export function stateError(error: unknown, what: string): GuaritaError {
  if (error instanceof GuaritaError) return error;
  return new GuaritaError('state-unwritable', `"${what}".`, { cause: error });
}

/** An error that a state file threw where none was foreseen, such as for a table that is gone, as ours; any other as it is. */
export function asStateError(error: unknown, what: string): unknown {
  return error instanceof Database.SqliteError ? stateError(error, what) : error;
}

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** Runs a statement that writes; throws `state-unwritable`. */
export function writeState(
  db: StateFile,
  sql: string,
  values: Record<string, unknown>,
): { lastInsertRowid: number | bigint } {
  try {
    return db.prepare(sql).run(values);
  } catch (error) {
    throw stateError(error, db.name);
  }
}

function migrate(db: StateFile, file: string, migrations: readonly string[]): void {
  const version = stateVersion(db);
  if (version > migrations.length) {
    throw new GuaritaError(
      'state-newer',
      `Arquivo "${file}" tem a versão ${version}; a conhecida é a ${migrations.length}.`,
    );
  }
  // Nothing is written otherwise: a full disk is no reason not to look.
  if (version === migrations.length) return;
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
