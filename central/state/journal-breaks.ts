import type { JournalMark } from '../../shared/journal/entry.ts';
import { type StateFile, writeState } from '../../shared/state-file.ts';
import type { SourceDoubtCode } from './attentions.ts';

/** What an answer does not fit: what was held, and what was told in its place. */
export interface Misfit {
  readonly code: SourceDoubtCode;
  readonly held: JournalMark;
  /** The agent's own hash at that number, or that of another answer of that number; null: it has none. */
  readonly told: string | null;
}

/** An answer that fits nowhere, kept for good: both receipts prove it. */
export interface JournalBreak extends Misfit {
  readonly id: number;
  readonly at: string;
  readonly heldReceipt: number;
  readonly receipt: number;
  /** Receipt of the last answer that did not fit in the same way; mostly the same one. */
  readonly latest: number;
  /** The head that came with the last one; null of an agent that proves none. */
  readonly last: JournalMark | null;
  /** When a person accepted it; null when nobody has. */
  readonly accepted: string | null;
  /** Receipt by which what is held was there again, after a person had refused this; null when it was not. */
  readonly healed: number | null;
}

/** The answers of agents that fitted nowhere, and what became of each. */
export class JournalBreaks {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  /** The earliest first. */
  of(source: string): JournalBreak[] {
    const rows: unknown[] = this.#db
      .prepare('SELECT * FROM journal_break WHERE source = ? ORDER BY id')
      .all(source);
    return (rows as BreakRow[]).map(breakOf);
  }

  add(source: string, found: Misfit & Pick<JournalBreak, 'heldReceipt' | 'receipt' | 'last'>): void {
    const { code, held, heldReceipt, told, receipt, last } = found;
    const values = {
      ...{ ...headOf(last), source, code, receipt, told, at: new Date().toISOString() },
      ...{ held_id: held.id, held_hash: held.hash, held_receipt: heldReceipt },
    };
    this.#write(
      `INSERT INTO journal_break
         (source, at, code, held_id, held_hash, held_receipt, told, last_id, last_hash, receipt)
       VALUES (@source, @at, @code, @held_id, @held_hash, @held_receipt, @told, @last_id, @last_hash, @receipt)`,
      values,
    );
  }

  /** A further answer does not fit in the same way. */
  goOn({ id }: JournalBreak, receipt: number, last: JournalMark | null): void {
    const sql =
      'UPDATE journal_break SET latest = @receipt, last_id = @last_id, last_hash = @last_hash WHERE id = @id';
    this.#write(sql, { ...headOf(last), receipt, id });
  }

  accept({ id }: JournalBreak): void {
    const accepted = new Date().toISOString();
    this.#write('UPDATE journal_break SET accepted = @accepted WHERE id = @id', { id, accepted });
  }

  /** @param receipt by which what was held is there again */
  heal({ id }: JournalBreak, receipt: number): void {
    this.#write('UPDATE journal_break SET healed = @receipt WHERE id = @id', { id, receipt });
  }

  #write(sql: string, values: Record<string, string | number | null>): void {
    writeState(this.#db, sql, values);
  }
}

function headOf(last: JournalMark | null) {
  return { last_id: last?.id ?? null, last_hash: last?.hash ?? null };
}

interface BreakRow {
  readonly id: number;
  readonly at: string;
  readonly code: SourceDoubtCode;
  readonly held_id: number;
  readonly held_hash: string;
  readonly held_receipt: number;
  readonly told: string | null;
  readonly last_id: number | null;
  readonly last_hash: string | null;
  readonly receipt: number;
  readonly accepted: string | null;
  readonly latest: number | null;
  readonly healed: number | null;
}

function breakOf({ held_id, held_hash, held_receipt, last_id, last_hash, ...row }: BreakRow): JournalBreak {
  const { id, at, code, told, receipt, accepted, latest, healed } = row;
  return {
    ...{
      id,
      at,
      code,
      told,
      receipt,
      latest: latest ?? receipt,
      accepted,
      healed,
      heldReceipt: held_receipt,
    },
    held: { id: held_id, hash: held_hash },
    last: last_id === null || last_hash === null ? null : { id: last_id, hash: last_hash },
  };
}

/** The same as long as the same entry is missed or told in the same way, however far that line has gone. */
export function subjectOf({ held, told }: Pick<Misfit, 'held' | 'told' | 'code'>): string {
  return `${held.id} ${held.hash} ${told ?? '-'}`;
}
