import { GuaritaError } from '../../shared/errors.ts';
import type { JournalMark } from '../../shared/journal/entry.ts';
import type { ToldJournal } from '../../shared/protocol/journal-mark.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import { type StateFile, stateError, writeState } from '../../shared/state-file.ts';
import { type Attention, type Attentions, type SourceDoubtCode, wholeSource } from './attentions.ts';
import { type JournalBreak, JournalBreaks, type Misfit, subjectOf } from './journal-breaks.ts';
import { readingOf } from './journal-reading.ts';
import { insertReceipt } from './receipts.ts';

/** What is known of the journal of a source's agent. `unproved`: an agent of version 1, which proves nothing of it. */
export type JournalProof = 'proved' | 'unproved';

interface Line {
  /** The last entry that central holds; null of an agent that proves none. */
  readonly id: number | null;
  readonly hash: string | null;
  /** The receipt that it is of, and the last one of before the line began. */
  readonly receipt: number;
  readonly since: number;
}

/** What a source waits for as a whole. */
type SourceDoubt = Attention & { readonly code: SourceDoubtCode };

/**
 * What central holds of the journals of agents: the last entry of each, by which every answer is judged as it is kept.
 * Two that share an entry share all before it, so a journal that was cut, put back or copied is found by the next answer.
 */
export class Journals {
  readonly #db: StateFile;
  readonly #breaks: JournalBreaks;
  readonly #attentions: Attentions;

  constructor(db: StateFile, attentions: Attentions) {
    this.#db = db;
    this.#breaks = new JournalBreaks(db);
    this.#attentions = attentions;
  }

  /** The entry that a request is to name, null when central holds none. */
  held(source: string): JournalMark | null {
    const line = this.#line(source);
    return line === null ? null : markOf(line);
  }

  /** Null for a source that has never answered. */
  proof(source: string): JournalProof | null {
    const line = this.#line(source);
    if (line === null) return null;
    return line.id === null ? 'unproved' : 'proved';
  }

  /** The answers that fitted nowhere, the earliest first. */
  breaks(source: string): JournalBreak[] {
    return this.#breaks.of(source);
  }

  /** The last receipt of before the present enrolment: those up to it are of another journal. */
  begun(source: string): number {
    const sql = 'SELECT receipt FROM journal_begun WHERE source = ?';
    return Number(this.#db.prepare(sql).pluck().get(source) ?? 0);
  }

  /** The last receipt of a source, 0 without any. */
  lastReceipt(source: string): number {
    const sql = 'SELECT coalesce(max(id), 0) FROM receipt WHERE source = ?';
    return Number(this.#db.prepare(sql).pluck().get(source));
  }

  /**
   * What a person has decided of a source is done, before it is asked: the line that was told is held from now on.
   * Throws the doubt that nobody has decided yet. One that was refused stays until an answer fits what is held.
   */
  settle(source: string): void {
    this.#together(() => {
      for (const doubt of this.#doubts(source)) {
        if (doubt.decision === null) throw new GuaritaError(doubt.code, doubt.detail);
        if (doubt.decision === 'accepted') this.#adopt(source, doubt);
      }
    });
  }

  /**
   * Another agent was enrolled: its journal is a line of its own. What was held stays in the receipts.
   * @param before the last receipt that is not of this agent, 0 without any
   */
  begin(source: string, before: number): void {
    this.#together(() => {
      const sql = 'INSERT OR REPLACE INTO journal_begun (source, receipt) VALUES (@source, @before)';
      writeState(this.#db, sql, { source, before });
      writeState(this.#db, 'DELETE FROM journal_line WHERE source = @source', { source });
      this.#attentions.forget(source, wholeSource);
    });
  }

  /**
   * Keeps a signed answer, and judges what it tells of the journal. One that does not fit opens a doubt about the whole
   * source and is thrown as it (`journal-cut`, `journal-forked`), as is each further answer until a person has decided.
   * @param run null for an answer outside of a run; @param view null for one about no view
   */
  receive(run: number | null, source: string, view: string | null, receipt: SignedReceipt): void {
    const thrown = this.#together(() => {
      const { asked, told, isNewest, isGiven, flaw } = readingOf(receipt.signatureBase);
      const id = insertReceipt(this.#db, { run, source, view, receipt, asked, told });
      if (flaw !== null) return flaw;
      const doubts = this.#doubts(source);
      const waiting = doubts.find(({ decision }) => decision === null);
      if (waiting !== undefined) return new GuaritaError(waiting.code, waiting.detail);
      const line = this.#line(source);
      if (told === null) {
        if (!isGiven) return null;
        if (isNewest) return new GuaritaError('page-invalid', 'Não diz como está o diário.');
        const held = line === null ? null : markOf(line);
        if (held !== null)
          return this.#doubt(run, source, id, { code: 'journal-cut', held, told: null }, null);
        if (line === null) this.#hold(source, null, { receipt: id, since: id - 1 });
        return null;
      }
      if ((told.known?.id ?? null) !== (asked?.id ?? null)) {
        return new GuaritaError('page-invalid', 'Fala de outro registro que não o pedido.');
      }
      // What came while nobody had decided, or was refused, is of no line.
      const since = line === null || line.id === null || doubts.length > 0 ? id - 1 : line.since;
      const misfit = this.#misfit(source, id, { asked, told, since });
      if (misfit !== null) return this.#doubt(run, source, id, misfit, told.last);
      if (told.last.id > (line?.id ?? 0)) {
        this.#hold(source, told.last, { receipt: id, since });
      }
      this.#heal(source, id, doubts);
      return null;
    });
    if (thrown !== null) throw thrown;
  }

  #misfit(
    source: string,
    receipt: number,
    { asked, told: { known, last }, since }: { asked: JournalMark | null; told: ToldJournal; since: number },
  ): Misfit | null {
    if (asked !== null && known !== null) {
      if (known.hash === null) return { code: 'journal-cut', held: asked, told: null };
      if (known.hash !== asked.hash) return { code: 'journal-forked', held: asked, told: known.hash };
    }
    // Each answer is an entry of its own: of two with the same number one is of another journal.
    const other: unknown = this.#db
      .prepare(
        `SELECT journal_hash FROM receipt
          WHERE source = @source AND journal_id = @id AND id > @since AND id <> @receipt LIMIT 1`,
      )
      .pluck()
      .get({ source, id: last.id, since, receipt });
    if (typeof other !== 'string') return null;
    return { code: 'journal-forked', held: { id: last.id, hash: other }, told: last.hash };
  }

  #doubt(
    run: number | null,
    source: string,
    receipt: number,
    { code, held, told }: Misfit,
    last: JournalMark | null,
  ): GuaritaError {
    const subject = subjectOf({ code, held, told });
    const open = this.#openBreaks(source, { code, subject }).at(-1);
    if (open === undefined) {
      const heldReceipt = this.#line(source)?.receipt ?? 0;
      this.#breaks.add(source, { code, held, heldReceipt, told, receipt, last });
    } else {
      this.#breaks.goOn(open, receipt, last);
    }
    const detail = `Registro ${held.id} do diário, recibo ${receipt}.`;
    this.#attentions.open(run ?? 0, { source, view: wholeSource, code, detail, subject });
    return new GuaritaError(code, detail);
  }

  /** Of several answers that did not fit in the same way, the last one says where the line is. */
  #adopt(source: string, doubt: SourceDoubt): void {
    for (const open of this.#openBreaks(source, doubt)) {
      this.#hold(source, open.last, { receipt: open.latest, since: open.latest - 1 });
      this.#breaks.accept(open);
    }
    this.#attentions.forget(source, wholeSource);
  }

  /** The line that is held is there again: what a person has refused is over. @param receipt by which it is */
  #heal(source: string, receipt: number, doubts: readonly SourceDoubt[]): void {
    // What was accepted meanwhile is done before the next run.
    if (doubts.length === 0 || doubts.some(({ decision }) => decision !== 'refused')) return;
    for (const open of doubts.flatMap((doubt) => this.#openBreaks(source, doubt))) {
      this.#breaks.heal(open, receipt);
    }
    this.#attentions.forget(source, wholeSource);
  }

  /**
   * What a doubt is about, as long as nobody has accepted it and it is not over: nor of before the present enrolment or
   * the line that was accepted last, which are over with what was before them.
   */
  #openBreaks(source: string, { code, subject }: Pick<SourceDoubt, 'code' | 'subject'>): JournalBreak[] {
    const all = this.breaks(source);
    const over = Math.max(
      this.begun(source),
      ...all.map(({ accepted, latest }) => (accepted === null ? 0 : latest)),
    );
    return all.filter(
      (one) =>
        one.code === code &&
        subjectOf(one) === subject &&
        one.accepted === null &&
        one.healed === null &&
        one.receipt > over,
    );
  }

  #hold(source: string, mark: JournalMark | null, of: Pick<Line, 'receipt' | 'since'>): void {
    writeState(
      this.#db,
      `INSERT OR REPLACE INTO journal_line (source, id, hash, receipt, since)
       VALUES (@source, @id, @hash, @receipt, @since)`,
      { source, ...of, id: mark?.id ?? null, hash: mark?.hash ?? null },
    );
  }

  #line(source: string): Line | null {
    const sql = 'SELECT id, hash, receipt, since FROM journal_line WHERE source = ?';
    return (this.#db.prepare(sql).get(source) as Line | undefined) ?? null;
  }

  #doubts(source: string): SourceDoubt[] {
    return this.#attentions.ofSource(source);
  }

  #together<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate();
    } catch (error) {
      throw stateError(error, this.#db.name);
    }
  }
}

function markOf({ id, hash }: Pick<Line, 'id' | 'hash'>): JournalMark | null {
  return id === null || hash === null ? null : { id, hash };
}
