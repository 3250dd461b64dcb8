import { type StateFile, writeState } from '../../shared/state-file.ts';

/**
 * What a job does: collects, collects and compares, or treats what was collected; that from the first row on (`full`), or
 * one of its steps alone. More will come: to link, to export, to fetch photos.
 */
export type JobKind = 'collect' | 'reconcile' | TreatKind;
export const treatKinds = [
  ...(['treat', 'treat-full'] as const),
  ...(['treat-type', 'treat-link', 'treat-check', 'treat-consolidate'] as const),
] as const;
export type TreatKind = (typeof treatKinds)[number];

export function isTreatKind(kind: JobKind): kind is TreatKind {
  return (treatKinds as readonly JobKind[]).includes(kind);
}

/**
 * Why a job is owed: its time came (`schedule`) or passed while nobody was at work (`missed`), a person asked for it,
 * a state was enrolled, what may pass failed before (`retry`), the service ended before it had (`interrupted`), a
 * person decided what a view waited for (`decided`), or the source was collected (`collected`).
 */
export type JobReason =
  | 'schedule'
  | 'missed'
  | 'asked'
  | 'enrolled'
  | 'retry'
  | 'interrupted'
  | 'decided'
  | 'collected';

/** `joined`: another job did what this one was to do. */
export type JobOutcome = 'complete' | 'failed' | 'needs-attention' | 'ended' | 'cancelled' | 'joined';

/** What is to be done, for whom, and from when on. */
export interface JobRequest {
  readonly kind: JobKind;
  /** Name of the source, e.g. `AL`. */
  readonly source: string;
  /** Only this view; null for all. */
  readonly view: string | null;
  readonly reason: JobReason;
  /** From when on, as an instant in milliseconds since 1970. */
  readonly due: number;
}

/** How far a job is. */
export interface JobProgress {
  /** Parts done, of so many; parts are views, and of a treatment also what is checked, and national persons. */
  readonly done: number;
  readonly total: number;
  readonly rows: number;
}

/** A job as central remembers it. Instants are milliseconds since 1970. */
export interface Job extends JobRequest {
  readonly id: number;
  readonly asked: number;
  /** Null while it waits. */
  readonly begun: number | null;
  /** Null while it is open: it waits or is under way. */
  readonly ended: number | null;
  readonly outcome: JobOutcome | null;
  /** Code of the problem that it ended with. */
  readonly problem: string | null;
  readonly progress: JobProgress | null;
}

interface JobRow extends Omit<Job, 'progress'> {
  readonly done: number | null;
  readonly total: number | null;
  readonly rows: number | null;
}

/**
 * Jobs: asked for, begun, ended, each written down as it happens, so that what is due or under way when a process ends
 * is known to the next. Who decides when one begins is the runner (`central/service/runner.ts`).
 */
export class Jobs {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  /** Those that wait or are under way, as they were asked for. */
  open(): Job[] {
    return this.#jobs('ended IS NULL ORDER BY id', {});
  }

  find(id: number): Job | undefined {
    return this.#jobs('id = @id', { id })[0];
  }

  /** The last ones that ended, the latest first. */
  last(most: number): Job[] {
    return this.#jobs('ended IS NOT NULL ORDER BY ended DESC, id DESC LIMIT @most', { most });
  }

  /** The number of the last one that was asked for; 0 without any. */
  lastId(): number {
    return Number(this.#db.prepare('SELECT max(id) FROM job').pluck().get() ?? 0);
  }

  /** The first ones that were asked for after that one. */
  after(id: number, most: number): Job[] {
    return this.#jobs('id > @id ORDER BY id LIMIT @most', { id, most });
  }

  /** The last one of a kind for a source that came to its end, whatever it came to; those cancelled or joined did not. */
  lastEnded(source: string, kind: JobKind): Job | undefined {
    const ended = `outcome IN ('complete', 'failed', 'needs-attention', 'ended')`;
    return this.#jobs(
      `source = @source AND kind = @kind AND view IS NULL AND ${ended} ORDER BY ended DESC, id DESC LIMIT 1`,
      { source, kind },
    )[0];
  }

  /** How long the last one of a kind took that a source's every view was done in, in milliseconds; null without one. */
  lastDuration(source: string, kind: JobKind): number | null {
    const done = `outcome = 'complete' AND begun IS NOT NULL AND ended IS NOT NULL`;
    const [job] = this.#jobs(
      `source = @source AND kind = @kind AND view IS NULL AND ${done} ORDER BY ended DESC, id DESC LIMIT 1`,
      { source, kind },
    );
    return job === undefined ? null : Number(job.ended) - Number(job.begun);
  }

  add(request: JobRequest, now: number): Job {
    const { lastInsertRowid } = writeState(
      this.#db,
      `INSERT INTO job (kind, source, view, reason, due, asked)
       VALUES (@kind, @source, @view, @reason, @due, @now)`,
      { ...request, now },
    );
    const id = Number(lastInsertRowid);
    return {
      ...request,
      id,
      asked: now,
      begun: null,
      ended: null,
      outcome: null,
      problem: null,
      progress: null,
    };
  }

  /** One that waits is to begin then, for that reason. */
  postpone(id: number, { reason, due }: Pick<JobRequest, 'reason' | 'due'>): void {
    writeState(this.#db, 'UPDATE job SET reason = @reason, due = @due, begun = NULL WHERE id = @id', {
      ...{ id, reason, due },
    });
  }

  begin(id: number, now: number): void {
    const sql = 'UPDATE job SET begun = @now, done = NULL, total = NULL, rows = NULL WHERE id = @id';
    writeState(this.#db, sql, { id, now });
  }

  progress(id: number, { done, total, rows }: JobProgress): void {
    const sql = 'UPDATE job SET done = @done, total = @total, rows = @rows WHERE id = @id';
    writeState(this.#db, sql, { id, done, total, rows });
  }

  end(id: number, outcome: JobOutcome, problem: string | null, now: number): void {
    const sql = 'UPDATE job SET ended = @now, outcome = @outcome, problem = @problem WHERE id = @id';
    writeState(this.#db, sql, { id, outcome, problem, now });
  }

  #jobs(where: string, values: Record<string, unknown>): Job[] {
    const sql = `SELECT id, kind, source, view, reason, due, asked, begun, ended, outcome, problem, done, total, rows
      FROM job WHERE ${where}`;
    const rows = this.#db.prepare(sql).all(values) as JobRow[];
    return rows.map(({ done, total, rows, ...job }) => ({
      ...job,
      progress: done === null || total === null || rows === null ? null : { done, total, rows },
    }));
  }
}
