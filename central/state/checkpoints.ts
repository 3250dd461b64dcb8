import { type StateFile, writeState } from '../../shared/state-file.ts';

/** A cursor, and the base and load that it stands for. */
export interface Checkpoint {
  readonly base: string;
  readonly cursor: string;
  /** Pages that the base had loaded into the view when this was written. */
  readonly loads: number;
  /** Whether the cursor begins a cycle: everything before it was read. */
  readonly complete: boolean;
}

/**
 * Watermarks. A checkpoint is written only after the base has committed the page that it stands for, so after a crash
 * it may be behind the base, never ahead of it.
 */
export class Checkpoints {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  find(source: string, view: string): Checkpoint | undefined {
    const row = this.#db
      .prepare('SELECT base, cursor, loads, complete FROM checkpoint WHERE source = ? AND view = ?')
      .get(source, view) as (Omit<Checkpoint, 'complete'> & { complete: number }) | undefined;
    return row === undefined ? undefined : { ...row, complete: row.complete === 1 };
  }

  /** The views of a source that have a checkpoint, by name. */
  views(source: string): string[] {
    const rows: unknown[] = this.#db
      .prepare('SELECT view FROM checkpoint WHERE source = ? ORDER BY view')
      .all(source);
    return (rows as { view: string }[]).map(({ view }) => view);
  }

  save(run: number, source: string, view: string, checkpoint: Checkpoint): void {
    writeState(
      this.#db,
      `INSERT INTO checkpoint (source, view, base, cursor, loads, complete, run, at)
       VALUES (@source, @view, @base, @cursor, @loads, @complete, @run, @at)
       ON CONFLICT (source, view) DO UPDATE SET base = excluded.base, cursor = excluded.cursor,
         loads = excluded.loads, complete = excluded.complete, run = excluded.run, at = excluded.at`,
      {
        ...checkpoint,
        complete: checkpoint.complete ? 1 : 0,
        source,
        view,
        run,
        at: new Date().toISOString(),
      },
    );
  }
}
