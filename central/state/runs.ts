import type { SignedReceipt } from '../../shared/signing/messages.ts';
import { type StateFile, writeState } from '../../shared/state-file.ts';
import { insertReceipt } from './receipts.ts';

/** What a view's collection or reconciliation came to, in rows. */
export interface ViewCounts {
  /** Rows that were given; of a reconciliation, rows that were compared. */
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows that were marked as removed. */
  readonly removed: number;
  /** Rows that break the contract, put in quarantine or there already. */
  readonly quarantined: number;
  /** Rows that name somebody who was forgotten: nothing is kept of them. */
  readonly forgotten: number;
  readonly seconds: number;
}

export const noCounts: ViewCounts = {
  rows: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  removed: 0,
  quarantined: 0,
  forgotten: 0,
  seconds: 0,
};

export interface ViewResult extends ViewCounts {
  readonly view: string;
  readonly kind: 'collect' | 'reconcile';
  readonly outcome: 'complete' | 'failed' | 'stopped' | 'needs-attention';
  readonly problem: string | null;
}

/** A run as it is remembered. Instants are ISO 8601 in UTC. */
export interface Run {
  readonly id: number;
  readonly source: string;
  readonly started: string;
  readonly ended: string | null;
  readonly outcome: string | null;
  readonly problem: string | null;
}

/** What was done: each run of a source, what it came to for each view, and the signed answers that it was given. */
export class Runs {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  /** The number of the last one; 0 without any. */
  lastId(): number {
    return Number(this.#db.prepare('SELECT max(id) FROM run').pluck().get() ?? 0);
  }

  find(id: number): Run | undefined {
    return this.#runs('id = @id', { id })[0];
  }

  /** The first ones that began after that one. */
  after(id: number, most: number): Run[] {
    return this.#runs('id > @id ORDER BY id LIMIT @most', { id, most });
  }

  /** The number of the last one of a source; 0 without any. */
  lastOf(source: string): number {
    return this.#runs('source = @source ORDER BY id DESC LIMIT 1', { source })[0]?.id ?? 0;
  }

  /** The number of the last one of a source that ended; 0 without any. */
  lastEnded(source: string): number {
    const [last] = this.#runs('source = @source AND ended IS NOT NULL ORDER BY id DESC LIMIT 1', { source });
    return last?.id ?? 0;
  }

  /** Of sources whose last run failed, since when none came to its end or to a person's decision, and how many failed. */
  failing(): { readonly source: string; readonly since: string; readonly runs: number }[] {
    const sql = `WITH ended AS (SELECT * FROM run WHERE outcome IN ('complete', 'needs-attention', 'failed'))
      SELECT source, min(started) AS since, count(*) AS runs FROM ended AS r
       WHERE outcome = 'failed'
         AND id > (SELECT coalesce(max(id), 0) FROM ended WHERE source = r.source AND outcome <> 'failed')
       GROUP BY source`;
    return this.#db.prepare(sql).all() as { source: string; since: string; runs: number }[];
  }

  /** What a run came to so far, for each view. */
  views(run: number): ViewResult[] {
    const rows: unknown[] = this.#db
      .prepare(
        `SELECT view, kind, rows, new, changed, unchanged, removed, quarantined, forgotten, seconds, outcome,
                problem FROM run_view WHERE run = ? ORDER BY view, kind`,
      )
      .all(run);
    return rows as ViewResult[];
  }

  #runs(where: string, values: Record<string, unknown>): Run[] {
    const sql = `SELECT id, source, started, ended, outcome, problem FROM run WHERE ${where}`;
    return this.#db.prepare(sql).all(values) as Run[];
  }

  begin(source: string): number {
    const sql = 'INSERT INTO run (source, started) VALUES (@source, @started)';
    return Number(writeState(this.#db, sql, { source, started: new Date().toISOString() }).lastInsertRowid);
  }

  end(run: number, outcome: string, problem: string | null): void {
    const sql = 'UPDATE run SET ended = @ended, outcome = @outcome, problem = @problem WHERE id = @run';
    writeState(this.#db, sql, { run, outcome, problem, ended: new Date().toISOString() });
  }

  /** Ends those that a kill cut short: nobody is at work, so none is under way. */
  endKilled(now: number): void {
    const sql = `UPDATE run SET ended = @ended, outcome = 'stopped' WHERE ended IS NULL`;
    writeState(this.#db, sql, { ended: new Date(now).toISOString() });
  }

  saveView(run: number, result: ViewResult): void {
    writeState(
      this.#db,
      `INSERT OR REPLACE INTO run_view
         (run, view, kind, rows, new, changed, unchanged, removed, quarantined, forgotten, seconds, outcome,
          problem)
       VALUES (@run, @view, @kind, @rows, @new, @changed, @unchanged, @removed, @quarantined, @forgotten, @seconds,
         @outcome, @problem)`,
      { ...result, run },
    );
  }

  /**
   * Of an answer of which the journal is not judged, as at an enrolment (`Journals.receive` does).
   * @param run null for an answer outside of a run; @param view null for one about no view
   */
  saveReceipt(run: number | null, source: string, view: string | null, receipt: SignedReceipt): void {
    insertReceipt(this.#db, { run, source, view, receipt });
  }
}
