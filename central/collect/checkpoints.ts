import { join } from 'node:path';
import { openStateFile, type StateFile, stateError } from '../../shared/state-file.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';

/** Central's own state. A migration is never edited once released: add the next one. */
const migrations = [
  `CREATE TABLE checkpoint (
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     base TEXT NOT NULL,
     cursor TEXT NOT NULL,
     loads INTEGER NOT NULL,
     run INTEGER NOT NULL,
     at TEXT NOT NULL,
     PRIMARY KEY (source, view)
   ) WITHOUT ROWID;

   CREATE TABLE run (
     id INTEGER PRIMARY KEY,
     source TEXT NOT NULL,
     started TEXT NOT NULL,
     ended TEXT,
     outcome TEXT,
     problem TEXT
   );
   CREATE INDEX run_source ON run (source, id);

   CREATE TABLE run_view (
     run INTEGER NOT NULL REFERENCES run,
     view TEXT NOT NULL,
     rows INTEGER NOT NULL,
     new INTEGER NOT NULL,
     changed INTEGER NOT NULL,
     unchanged INTEGER NOT NULL,
     seconds REAL NOT NULL,
     outcome TEXT NOT NULL,
     problem TEXT,
     PRIMARY KEY (run, view)
   ) WITHOUT ROWID;

   CREATE TABLE receipt (
     id INTEGER PRIMARY KEY,
     run INTEGER NOT NULL REFERENCES run,
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     at TEXT NOT NULL,
     keyid TEXT NOT NULL,
     signature_base TEXT NOT NULL,
     signature BLOB NOT NULL
   );`,
];

/** What a view's collection came to. */
export interface ViewCounts {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly seconds: number;
}

export interface ViewResult extends ViewCounts {
  readonly view: string;
  readonly outcome: 'complete' | 'failed' | 'stopped';
  readonly problem: string | null;
}

/** A cursor, and the base and load that it stands for. */
export interface Checkpoint {
  readonly base: string;
  readonly cursor: string;
  /** Pages that the base had loaded into the view when this was written. */
  readonly loads: number;
}

/**
 * Watermarks, runs and receipts (SQLite). A checkpoint is written only after the base has committed the page that it
 * stands for, so after a crash it may be behind the base, never ahead of it.
 */
export class Checkpoints {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  static open(folder: string): Checkpoints {
    return new Checkpoints(openStateFile(join(folder, 'central.sqlite'), migrations));
  }

  close(): void {
    this.#db.close();
  }

  find(source: string, view: string): Checkpoint | undefined {
    const row: unknown = this.#db
      .prepare('SELECT base, cursor, loads FROM checkpoint WHERE source = ? AND view = ?')
      .get(source, view);
    return row as Checkpoint | undefined;
  }

  /** The views of a source that have a checkpoint, by name. */
  views(source: string): string[] {
    const rows: unknown[] = this.#db
      .prepare('SELECT view FROM checkpoint WHERE source = ? ORDER BY view')
      .all(source);
    return (rows as { view: string }[]).map(({ view }) => view);
  }

  save(run: number, source: string, view: string, checkpoint: Checkpoint): void {
    this.#write(
      `INSERT INTO checkpoint (source, view, base, cursor, loads, run, at)
       VALUES (@source, @view, @base, @cursor, @loads, @run, @at)
       ON CONFLICT (source, view) DO UPDATE SET base = excluded.base, cursor = excluded.cursor,
         loads = excluded.loads, run = excluded.run, at = excluded.at`,
      { ...checkpoint, source, view, run, at: new Date().toISOString() },
    );
  }

  beginRun(source: string): number {
    const sql = 'INSERT INTO run (source, started) VALUES (@source, @started)';
    return Number(this.#write(sql, { source, started: new Date().toISOString() }).lastInsertRowid);
  }

  endRun(run: number, outcome: string, problem: string | null): void {
    const sql = 'UPDATE run SET ended = @ended, outcome = @outcome, problem = @problem WHERE id = @run';
    this.#write(sql, { run, outcome, problem, ended: new Date().toISOString() });
  }

  saveView(run: number, result: ViewResult): void {
    this.#write(
      `INSERT OR REPLACE INTO run_view (run, view, rows, new, changed, unchanged, seconds, outcome, problem)
       VALUES (@run, @view, @rows, @new, @changed, @unchanged, @seconds, @outcome, @problem)`,
      { ...result, run },
    );
  }

  /** Kept before the page is loaded: what was given is provable even when loading it fails. */
  saveReceipt(run: number, source: string, view: string, receipt: SignedReceipt): void {
    this.#write(
      `INSERT INTO receipt (run, source, view, at, keyid, signature_base, signature)
       VALUES (@run, @source, @view, @at, @keyid, @signatureBase, @signature)`,
      { ...receipt, run, source, view, at: new Date().toISOString() },
    );
  }

  #write(sql: string, values: Record<string, unknown>): { lastInsertRowid: number | bigint } {
    try {
      return this.#db.prepare(sql).run(values);
    } catch (error) {
      throw stateError(error, 'central.sqlite');
    }
  }
}
