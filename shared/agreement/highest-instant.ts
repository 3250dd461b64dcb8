import Type from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../errors.ts';
import type { SignedRecords } from '../signed-records.ts';

const record = 'clock';
const schema = Type.Object({ seen: Type.Number(), proved: Type.Number() });

/** How often the highest instant is written down while nothing hangs on it. */
const writeEvery = 60_000;

/**
 * The highest instant that this side has seen, kept across restarts and signed, so that a clock that is turned back
 * does not bring an agreement to life that has ended. Milliseconds since 1970.
 *
 * `proved` is the highest that central's signed requests bear witness to: below it no command goes back either. The
 * journal's last entry bears witness, too, so that an older record that is put back brings nothing to life. What is
 * stored wins over what was remembered: a command beside the service at work may have accepted another present.
 */
export class HighestInstant {
  readonly #records: SignedRecords;
  readonly #clock: () => number;
  readonly #lastEntry: () => number;
  /** Text of the record that `#seen` goes on from. */
  #stored = '';
  #seen = 0;
  #proved = 0;

  /** @param lastEntry when the journal's last entry was written, in milliseconds since 1970; 0 without any */
  constructor(records: SignedRecords, clock: () => number, lastEntry: () => number) {
    this.#records = records;
    this.#clock = clock;
    this.#lastEntry = lastEntry;
  }

  /** Begins the record, with the agreement that hangs on it. */
  begin(): void {
    this.#write(this.#clock(), 0);
  }

  /**
   * The present, or the highest instant seen where that is later. Written down at least every minute, and at once when
   * an instant is passed on which much hangs. Throws `state-altered` when there is no record, or not the agent's own.
   * @param milestone such as the end of the agreement
   */
  now(milestone = Number.POSITIVE_INFINITY): number {
    for (;;) {
      const kept = this.#read();
      if (kept.text !== this.#stored) this.#seen = 0;
      this.#stored = kept.text;
      const now = Math.max(this.#clock(), kept.seen, this.#seen, this.#lastEntry());
      this.#seen = now;
      const passed = kept.seen < milestone && now >= milestone;
      if (!passed && now - kept.seen < writeEvery) return now;
      const text = textOf(now, Math.max(kept.proved, this.#proved));
      // Else another process was first: what it has stored is the present.
      if (this.#records.replace(record, kept.text, text)) {
        this.#stored = text;
        return now;
      }
    }
  }

  /** Central has signed a request at this instant, by its own clock. */
  witness(instant: number): void {
    this.#proved = Math.max(this.#proved, instant);
  }

  /** How far the clock is behind the highest instant seen, in milliseconds; 0 when it is not. */
  behind(): number {
    return Math.max(0, Math.max(this.#read().seen, this.#lastEntry()) - this.#clock());
  }

  /**
   * Takes the present for the highest instant: the clock had been ahead, and was set right. Returns what was kept.
   * Throws `option-invalid` when central's requests prove that the present has been before.
   */
  accept(): { readonly seen: number; readonly proved: number } {
    const { seen, proved: signed } = this.#kept() ?? { seen: 0, proved: 0 };
    const kept = { seen, proved: Math.max(signed, this.#proved) };
    const now = this.#clock();
    if (now < kept.proved) {
      const proved = new Date(kept.proved).toISOString();
      throw new GuaritaError(
        'option-invalid',
        `A central assinou um pedido em ${proved}: o relógio está atrasado.`,
      );
    }
    this.#seen = now;
    this.#write(now, kept.proved);
    return kept;
  }

  #read(): Kept {
    const kept = this.#kept();
    if (kept === null) throw new GuaritaError('state-altered', 'Record "clock".');
    return kept;
  }

  #kept(): Kept | null {
    const text = this.#records.read(record);
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    return Value.Check(schema, value) ? { ...value, text } : null;
  }

  #write(seen: number, proved: number): void {
    this.#stored = textOf(seen, proved);
    this.#records.write(record, this.#stored);
  }
}

/** The record as it is stored. */
interface Kept {
  readonly seen: number;
  readonly proved: number;
  readonly text: string;
}

function textOf(seen: number, proved: number): string {
  return JSON.stringify({ seen, proved });
}
