import type { JournalEntry } from '../../shared/journal/entry.ts';
import type { StateFile } from '../../shared/state-file.ts';
import { Attentions } from '../state/attentions.ts';
import type { JournalBreak } from '../state/journal-breaks.ts';
import { Journals } from '../state/journals.ts';

/** A receipt that names an entry which the journal has otherwise (`forked`) or not at all (`cut`). */
export interface LineFault {
  readonly kind: 'forked' | 'cut';
  readonly entry: number;
  readonly receipt: number;
  /** The receipt by which central knew of the entry at the latest. */
  readonly known: number;
  readonly at: string;
}

/** `refused`: and what central holds was there again. `open`: nobody has decided, or it has not come back. */
export type BreakOutcome = 'accepted' | 'enrolled-anew' | 'refused' | 'open';

type Naming = Omit<LineFault, 'kind'>;

/** What a receipt names: its own entry, and that which was asked for, known by an earlier receipt. */
const namings = [
  { what: 'journal', known: 'id' },
  { what: 'asked', known: 'id - 1' },
] as const;

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
  /** The answers that fitted nowhere when they came. */
  readonly breaks: readonly JournalBreak[];
  readonly #begun: number;
  readonly #acceptedUpTo: number;
  #last = 0;

  constructor(db: StateFile, source: string) {
    this.#db = db;
    this.#source = source;
    this.#journals = new Journals(db, new Attentions(db));
    const named = namings.map(({ what, known }) =>
      db.prepare(
        `SELECT id AS receipt, at, ${what}_id AS entry, ${known} AS known FROM receipt
          WHERE source = ? AND ${what}_id = ? AND ${what}_hash <> ? ORDER BY id`,
      ),
    );
    this.#others = ({ id, hash }) => named.flatMap((one) => one.all(source, id, hash) as Naming[]);
    this.breaks = this.#journals.breaks(source);
    this.#begun = this.#journals.begun(source);
    this.#acceptedUpTo = Math.max(
      this.#begun,
      ...this.breaks.map(({ accepted, latest }) => (accepted === null ? 0 : latest - 1)),
    );
  }

  /** Whether the agent signs the end of its journal, as one of version 2 does. */
  get isProved(): boolean {
    return this.#journals.proof(this.#source) === 'proved';
  }

  /**
   * Whether what a receipt tells is no disagreement any more: it is of before the present enrolment, or of before the
   * line that a person accepted last, or of answers that a person refused until the line that is held was there again.
   */
  isSettled(receipt: number): boolean {
    if (receipt <= this.#acceptedUpTo) return true;
    return this.breaks.some((one) => one.healed !== null && one.receipt <= receipt && receipt < one.healed);
  }

  /** What became of an answer that fitted nowhere when it came. */
  outcomeOf(one: JournalBreak): BreakOutcome {
    if (one.accepted !== null) return 'accepted';
    if (one.receipt <= this.#begun) return 'enrolled-anew';
    if (one.healed !== null) return 'refused';
    return this.isSettled(one.receipt) ? 'accepted' : 'open';
  }

  entry(entry: JournalEntry): void {
    this.#last = Math.max(this.#last, entry.id);
    this.#blame('forked', this.#others(entry));
  }

  /** @param exported when the journal was: what central received later may name later entries */
  end(exported: string): void {
    const beyond = namings.flatMap(({ what, known }) => {
      const rows: unknown[] = this.#db
        .prepare(
          `SELECT id AS receipt, at, ${what}_id AS entry, ${known} AS known FROM receipt
            WHERE source = @source AND at <= @exported AND ${what}_id > @last ORDER BY id`,
        )
        .all({ source: this.#source, exported, last: this.#last });
      return rows as Naming[];
    });
    this.#blame('cut', beyond);
  }

  /** One is enough: of those that nobody has decided, where there is one. */
  #blame(kind: LineFault['kind'], named: readonly Naming[]): void {
    const first = named.find(({ known }) => !this.isSettled(known)) ?? named[0];
    if (first !== undefined) this.faults.push({ kind, ...first });
  }
}
