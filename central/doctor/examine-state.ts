import { statSync } from 'node:fs';
import { asGuaritaError } from '../../shared/errors.ts';
import { readingError, readStateFile, type StateFile, stateVersion } from '../../shared/state-file.ts';
import { centralStateFile, centralStateVersion } from '../state/state.ts';

/** A checkpoint as it stands in central's state. */
export interface StoredCheckpoint {
  readonly source: string;
  readonly view: string;
  readonly base: string;
  readonly cursor: string;
  readonly loads: number;
}

/** A run that began, never ended, and after which no other run of its source has ended. */
export interface UnfinishedRun {
  readonly id: number;
  readonly source: string;
  readonly started: string;
}

/**
 * What central's state file is found to be. `damaged` is also one that is empty: SQLite takes it for a new database,
 * central would begin anew with it, and what was there before is lost all the same. `unreadable` is one that this
 * user may not read, or that something else keeps from being read: the file itself may be sound.
 */
export type StateFound =
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'older' | 'newer'; readonly version: number }
  | {
      readonly kind: 'sound';
      readonly checkpoints: readonly StoredCheckpoint[];
      readonly unfinished: readonly UnfinishedRun[];
      /** Sources whose agents prove nothing of their journals. */
      readonly unproved: readonly string[];
    };

/** Looks through the whole of central's state file, without writing to it. Never throws. */
export function examineState(folder: string): StateFound {
  const file = centralStateFile(folder);
  let db: StateFile | null = null;
  try {
    db = readStateFile(file, 'checkpoints-damaged');
    if (db === null) return { kind: 'absent' };
    return examine(db, file);
  } catch (error) {
    const known = readingError(error, file, 'checkpoints-damaged');
    if (known.code === 'checkpoints-damaged') return { kind: 'damaged', detail: reasonOf(error) };
    return { kind: 'unreadable', detail: reasonOf(error) };
  } finally {
    db?.close();
  }
}

function examine(db: StateFile, file: string): StateFound {
  if (statSync(file).size === 0) return { kind: 'damaged', detail: 'o arquivo está vazio' };
  const complaints = db.pragma('integrity_check(5)') as { integrity_check: string }[];
  const [first] = complaints;
  if (first?.integrity_check !== 'ok') {
    return { kind: 'damaged', detail: first?.integrity_check.split('\n').at(-1) ?? '' };
  }
  const version = stateVersion(db);
  if (version > centralStateVersion) return { kind: 'newer', version };
  if (version < centralStateVersion) return { kind: 'older', version };
  return {
    kind: 'sound',
    checkpoints: checkpointsOf(db),
    unfinished: unfinishedOf(db),
    unproved: unprovedIn(db),
  };
}

function checkpointsOf(db: StateFile): StoredCheckpoint[] {
  const rows: unknown[] = db
    .prepare('SELECT source, view, base, cursor, loads FROM checkpoint ORDER BY source, view')
    .all();
  return rows as StoredCheckpoint[];
}

function unfinishedOf(db: StateFile): UnfinishedRun[] {
  const rows: unknown[] = db
    .prepare(
      `SELECT id, source, started FROM run r
        WHERE ended IS NULL AND NOT EXISTS (
          SELECT 1 FROM run l WHERE l.source = r.source AND l.id > r.id AND l.ended IS NOT NULL)
        ORDER BY id`,
    )
    .all();
  return rows as UnfinishedRun[];
}

function unprovedIn(db: StateFile): string[] {
  const sql = 'SELECT source FROM journal_line WHERE id IS NULL ORDER BY source';
  return db.prepare(sql).pluck().all() as string[];
}

/** SQLite's own words, which tell of pages and tables and never of what they hold. */
function reasonOf(error: unknown): string {
  const { cause } = asGuaritaError(error);
  return cause instanceof Error ? cause.message : String(error);
}
