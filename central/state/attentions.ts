import { hash } from 'node:crypto';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { type StateFile, stateError, writeState } from '../../shared/state-file.ts';

/** Batches that are not believed without asking: the view is left as it is until a person has decided. */
const ofViews = ['epoch-changed', 'column-lost', 'view-shrank'] as const satisfies readonly ProblemCode[];

/** Answers that do not fit what central holds of the agent's journal: nothing of the source is asked. */
const ofSources = ['journal-cut', 'journal-forked'] as const satisfies readonly ProblemCode[];

const doubtful = [...ofViews, ...ofSources] as const;

export type SourceDoubtCode = (typeof ofSources)[number];
export type DoubtCode = (typeof doubtful)[number];

/** In the place of a view: the doubt is about the source as a whole. */
export const wholeSource = '';

/** Whether it is about the source as a whole, and accepted with a reason only. */
export function isSourceDoubt(code: ProblemCode): code is SourceDoubtCode {
  return (ofSources as readonly ProblemCode[]).includes(code);
}

export function isDoubt(code: ProblemCode): code is DoubtCode {
  return (doubtful as readonly ProblemCode[]).includes(code);
}

/** What a view waits for. */
export interface Attention {
  readonly source: string;
  /** `wholeSource` where it is about all of them. */
  readonly view: string;
  readonly code: DoubtCode;
  readonly detail: string;
  /** What exactly is in doubt, such as the new epoch: a decision holds for nothing else. */
  readonly subject: string;
  /** Names of the columns that it is about; null where it is about none, or was opened before they were kept. */
  readonly columns: readonly string[] | null;
  readonly since: string;
  readonly decision: Decision | null;
  /** Names this very doubt: one of another subject, or of another time, has another. */
  readonly ref: string;
}

export type Decision = 'accepted' | 'refused';

/** What a run says of a doubt that it meets. */
export type Opened = Pick<Attention, 'source' | 'view' | 'code' | 'detail' | 'subject'> &
  Partial<Pick<Attention, 'columns'>>;

/** A row of the table; `shown` is what the doubt was named when a person was last shown it. */
type Entry = Attention & { readonly shown: string | null };

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
    return this.#entries().map(({ shown: _shown, ...attention }) => attention);
  }

  #entries(): Entry[] {
    const rows: unknown[] = this.#db
      .prepare(
        `SELECT source, view, code, detail, subject, columns, since, decision, shown FROM attention
          ORDER BY source, view, code`,
      )
      .all();
    return (rows as (Omit<Entry, 'ref' | 'columns'> & { columns: string | null })[]).map((entry) => ({
      ...entry,
      columns: namesIn(entry.columns),
      ref: refOf(entry),
    }));
  }

  /** What a source as a whole waits for. */
  ofSource(source: string): (Attention & { readonly code: SourceDoubtCode })[] {
    return this.all().filter(
      (one): one is Attention & { readonly code: SourceDoubtCode } =>
        one.source === source && one.view === wholeSource && isSourceDoubt(one.code),
    );
  }

  /** What a view waits for: of several doubts one that nobody has decided yet, that of the source before its own. */
  find(source: string, view: string): Attention | undefined {
    const entries = this.all().filter(
      (one) => one.source === source && (one.view === view || one.view === wholeSource),
    );
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
  open(run: number, { columns = null, ...entry }: Opened): void {
    writeState(
      this.#db,
      `INSERT INTO attention (source, view, code, detail, subject, columns, since, run)
       VALUES (@source, @view, @code, @detail, @subject, @columns, @since, @run)
       ON CONFLICT (source, view, code) DO UPDATE SET
         detail = excluded.detail, subject = excluded.subject, columns = excluded.columns, run = excluded.run,
         since = CASE WHEN subject = excluded.subject THEN since ELSE excluded.since END,
         decision = CASE WHEN subject = excluded.subject THEN decision END,
         decided = CASE WHEN subject = excluded.subject THEN decided END`,
      {
        ...{ ...entry, run, since: new Date().toISOString() },
        columns: columns === null ? null : JSON.stringify(columns),
      },
    );
  }

  /** A person is shown these as they are. */
  show(entries: readonly Attention[]): void {
    for (const { source, view, code, ref } of entries) {
      const sql =
        'UPDATE attention SET shown = @ref WHERE source = @source AND view = @view AND code = @code';
      writeState(this.#db, sql, { source, view, code, ref });
    }
  }

  /**
   * What of a source, or of one view, a person is about to decide who names no doubts: those that wait; of a view of
   * which none waits, those that were decided. Throws `attention-unknown` when there is none, and `attention-changed`
   * when one of them is not as it was shown last.
   */
  shown(source: string, view: string | null): Attention[] {
    const meant = this.#meant(source, view);
    const other = meant.filter(({ shown, ref }) => shown !== ref);
    if (other.length > 0) throw changed(other.map((entry) => `"${entry.view}"`));
    return meant;
  }

  /**
   * Decides doubts of a source, or of one view: those that are named, all of them or none; without names, those that
   * wait, or of a view of which none waits those that were decided. Returns what was decided.
   * Throws `attention-unknown`, and `attention-changed` for a name that none has, or none has any more.
   */
  decide(source: string, view: string | null, decision: Decision, refs?: readonly string[]): Attention[] {
    try {
      return this.#db
        .transaction(() => {
          const meant = refs === undefined ? this.#meant(source, view) : this.#named(source, view, refs);
          for (const entry of meant) {
            writeState(
              this.#db,
              `UPDATE attention SET decision = @decision, decided = @decided
                WHERE source = @source AND view = @view AND code = @code`,
              { source, view: entry.view, code: entry.code, decision, decided: new Date().toISOString() },
            );
          }
          return meant.map((entry) => ({ ...entry, decision }));
        })
        .immediate();
    } catch (error) {
      throw stateError(error, this.#db.name);
    }
  }

  #of(source: string, view: string | null): Entry[] {
    return this.#entries().filter(
      (entry) => entry.source === source && (view === null || entry.view === view),
    );
  }

  #meant(source: string, view: string | null): Entry[] {
    const all = this.#of(source, view);
    const waiting = all.filter((entry) => entry.decision === null);
    const meant = waiting.length === 0 && view !== null ? all : waiting;
    if (meant.length > 0) return meant;
    throw new GuaritaError('attention-unknown', view === null ? `"${source}".` : `"${source}" "${view}".`);
  }

  #named(source: string, view: string | null, refs: readonly string[]): Entry[] {
    const all = this.#of(source, view);
    const gone = refs.filter((ref) => all.every((entry) => entry.ref !== ref));
    if (gone.length > 0) throw changed(gone.map((ref) => `"${ref}"`));
    return all.filter(({ ref }) => refs.includes(ref));
  }

  /** Rows of an accepted loss were marked: what is left of it holds on. */
  spend(source: string, view: string, rows: number): void {
    writeState(
      this.#db,
      `UPDATE attention SET subject = CAST(CAST(max(0, subject - @rows) AS INTEGER) AS TEXT)
        WHERE source = @source AND view = @view AND code = 'view-shrank' AND decision = 'accepted'`,
      { source, view, rows },
    );
  }

  forget(source: string, view: string): void {
    writeState(this.#db, 'DELETE FROM attention WHERE source = @source AND view = @view', { source, view });
  }
}

/** Null for what is no list of names: of a damaged file that was salvaged, a byte may have changed. */
function namesIn(text: string | null): readonly string[] | null {
  try {
    const names: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null;
  } catch {
    return null;
  }
}

/** Short enough to be typed; a name must only not fit another doubt of the same source. */
function refOf(entry: Pick<Entry, 'source' | 'view' | 'code' | 'subject' | 'since'>): string {
  const { source, view, code, subject, since } = entry;
  return hash('sha256', JSON.stringify([source, view, code, subject, since]), 'hex').slice(0, 6);
}

function changed(which: readonly string[]): GuaritaError {
  return new GuaritaError('attention-changed', `${which.join(', ')}.`);
}
