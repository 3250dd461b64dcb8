import { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
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
 * that found it gone. One that was refused stays: the view is not loaded until the source is again as it was. A view
 * may have several, of different codes: what was accepted of one holds while another is open.
 */
export class Attentions {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  all(): Attention[] {
    const rows: unknown[] = this.#db
      .prepare(
        'SELECT source, view, code, detail, subject, since, decision FROM attention ORDER BY source, view, code',
      )
      .all();
    return rows as Attention[];
  }

  /** What a view waits for: of several doubts one that nobody has decided yet. */
  find(source: string, view: string): Attention | undefined {
    const entries = this.all().filter((one) => one.source === source && one.view === view);
    return entries.find(({ decision }) => decision === null) ?? entries[0];
  }

  /** What was accepted of a view: the subject of the doubt, or null when it was not, or not yet. */
  accepted(source: string, view: string, code: DoubtCode): string | null {
    const entry = this.all().find((one) => one.source === source && one.view === view && one.code === code);
    return entry?.decision === 'accepted' ? entry.subject : null;
  }

  /** Whether a doubt is there, decided or not. */
  isOpen(source: string, view: string, code: DoubtCode): boolean {
    return this.all().some((one) => one.source === source && one.view === view && one.code === code);
  }

  /** Opens a doubt; the very same one, already there, keeps its begin and what was decided. */
  open(run: number, entry: Omit<Attention, 'since' | 'decision'>): void {
    writeState(
      this.#db,
      `INSERT INTO attention (source, view, code, detail, subject, since, run)
       VALUES (@source, @view, @code, @detail, @subject, @since, @run)
       ON CONFLICT (source, view, code) DO UPDATE SET
         detail = excluded.detail, subject = excluded.subject, run = excluded.run,
         since = CASE WHEN subject = excluded.subject THEN since ELSE excluded.since END,
         decision = CASE WHEN subject = excluded.subject THEN decision END,
         decided = CASE WHEN subject = excluded.subject THEN decided END`,
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
        `UPDATE attention SET decision = @decision, decided = @decided
          WHERE source = @source AND view = @view AND code = @code`,
        { source, view: entry.view, code: entry.code, decision, decided: new Date().toISOString() },
      );
    }
    return meant.map((entry) => ({ ...entry, decision }));
  }

  forget(source: string, view: string): void {
    writeState(this.#db, 'DELETE FROM attention WHERE source = @source AND view = @view', { source, view });
  }
}
