import { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/protocol/problems.ts';
import { type StateFile, writeState } from '../../shared/state-file.ts';

/** Batches that are not believed without asking: the view is left as it is until a person has decided. */
const doubtful = ['epoch-changed', 'column-lost', 'view-shrank'] as const satisfies readonly ProblemCode[];

export type DoubtCode = (typeof doubtful)[number];

export function isDoubt(code: ProblemCode): code is DoubtCode {
  return (doubtful as readonly ProblemCode[]).includes(code);
}

/** What a view waits for. */
export interface Attention {
  readonly source: string;
  readonly view: string;
  readonly code: DoubtCode;
  readonly detail: string;
  /** What exactly is in doubt, such as the new epoch: a decision holds for nothing else. */
  readonly subject: string;
  readonly since: string;
  readonly decision: 'accepted' | 'refused' | null;
}

/**
 * Doubts and decisions. A doubt is opened by a run, decided by a person, and forgotten by the run that acted on it or
 * that found it gone. One that was refused stays: the view is not loaded until the source is again as it was.
 */
export class Attentions {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  all(): Attention[] {
    const rows: unknown[] = this.#db
      .prepare(
        'SELECT source, view, code, detail, subject, since, decision FROM attention ORDER BY source, view',
      )
      .all();
    return rows as Attention[];
  }

  find(source: string, view: string): Attention | undefined {
    return this.all().find((entry) => entry.source === source && entry.view === view);
  }

  accepts(source: string, view: string, code: DoubtCode, subject: string): boolean {
    const entry = this.find(source, view);
    return entry?.decision === 'accepted' && entry.code === code && entry.subject === subject;
  }

  /** Opens a doubt; the very same one, already there, keeps its begin and what was decided. */
  open(run: number, entry: Omit<Attention, 'since' | 'decision'>): void {
    writeState(
      this.#db,
      `INSERT INTO attention (source, view, code, detail, subject, since, run)
       VALUES (@source, @view, @code, @detail, @subject, @since, @run)
       ON CONFLICT (source, view) DO UPDATE SET detail = excluded.detail, code = excluded.code,
         subject = excluded.subject, run = excluded.run,
         since = CASE WHEN code = excluded.code AND subject = excluded.subject THEN since ELSE excluded.since END,
         decision = CASE WHEN code = excluded.code AND subject = excluded.subject THEN decision END,
         decided = CASE WHEN code = excluded.code AND subject = excluded.subject THEN decided END`,
      { ...entry, run, since: new Date().toISOString() },
    );
  }

  /** Decides for one view of a source, or for all; returns what was decided. Throws `attention-unknown`. */
  decide(source: string, view: string | null, decision: 'accepted' | 'refused'): Attention[] {
    const meant = this.all().filter(
      (entry) => entry.source === source && (view === null || entry.view === view),
    );
    if (meant.length === 0) {
      throw new GuaritaError('attention-unknown', view === null ? `"${source}".` : `"${source}" "${view}".`);
    }
    for (const entry of meant) {
      writeState(
        this.#db,
        `UPDATE attention SET decision = @decision, decided = @decided WHERE source = @source AND view = @view`,
        { source, view: entry.view, decision, decided: new Date().toISOString() },
      );
    }
    return meant.map((entry) => ({ ...entry, decision }));
  }

  forget(source: string, view: string): void {
    writeState(this.#db, 'DELETE FROM attention WHERE source = @source AND view = @view', { source, view });
  }
}
