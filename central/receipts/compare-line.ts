import type { JournalEntry } from '../../shared/journal/entry.ts';
import type { StateFile } from '../../shared/state-file.ts';
import { Attentions } from '../state/attentions.ts';
import { type JournalBreak, Journals } from '../state/journals.ts';

/** A receipt that names an entry which the journal has otherwise (`forked`) or not at all (`cut`). */
export interface LineFault {
  readonly kind: 'forked' | 'cut';
  readonly entry: number;
  readonly receipt: number;
  readonly at: string;
}

interface Naming {
  readonly receipt: number;
  readonly at: string;
  readonly entry: number;
}

/**
 * Holds a journal against the entries that the receipts of a source name: those that the answers are, and those that
 * the requests named. So what another copy of the agent has answered shows by the requests after it as well, where its
 * own receipts are gone.
 */
export class LineComparison {
  readonly #db: StateFile;
  readonly #source: string;
  readonly #journals: Journals;
  readonly #others: (entry: JournalEntry) => Naming[];
  readonly faults: LineFault[] = [];
  #last = 0;

  constructor(db: StateFile, source: string) {
    this.#db = db;
    this.#source = source;
    this.#journals = new Journals(db, new Attentions(db));
    const named = ['journal', 'asked'].map((what) =>
      db.prepare(
        `SELECT id AS receipt, at, ${what}_id AS entry FROM receipt
          WHERE source = ? AND ${what}_id = ? AND ${what}_hash <> ? ORDER BY id LIMIT 1`,
      ),
    );
    this.#others = ({ id, hash }) => named.flatMap((one) => one.all(source, id, hash) as Naming[]);
  }

  /** Whether the agent signs the end of its journal, as one of version 2 does. */
  get isProved(): boolean {
    return this.#journals.proof(this.#source) === 'proved';
  }

  /** The answers that fitted nowhere when they came. */
  get breaks(): JournalBreak[] {
    return this.#journals.breaks(this.#source);
  }

  /** Number of the last receipt of before the line that a person accepted last: what it tells was accepted with it. */
  get acceptedUpTo(): number {
    return Math.max(0, ...this.breaks.map(({ accepted, receipt }) => (accepted === null ? 0 : receipt - 1)));
  }

  entry(entry: JournalEntry): void {
    this.#last = Math.max(this.#last, entry.id);
    const [first] = this.#others(entry);
    if (first !== undefined) this.faults.push({ kind: 'forked', ...first });
  }

  /** @param exported when the journal was: what central received later may name later entries */
  end(exported: string): void {
    const rows: unknown[] = this.#db
      .prepare(
        `SELECT id AS receipt, at, max(coalesce(journal_id, 0), coalesce(asked_id, 0)) AS entry FROM receipt
          WHERE source = @source AND at <= @exported AND (journal_id > @last OR asked_id > @last)
          ORDER BY id LIMIT 1`,
      )
      .all({ source: this.#source, exported, last: this.#last });
    for (const row of rows as Naming[]) this.faults.push({ kind: 'cut', ...row });
  }
}
