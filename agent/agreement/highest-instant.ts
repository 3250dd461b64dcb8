import Type from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import type { SignedRecords } from '../state/signed-records.ts';

const record = 'clock';
const schema = Type.Object({ seen: Type.Number(), proved: Type.Number() });

/** How often the highest instant is written down while nothing hangs on it. */
const writeEvery = 60_000;

/**
 * The highest instant that this agent has seen, kept across restarts and signed, so that a clock that is turned back
 * does not bring an agreement to life that has ended. Milliseconds since 1970.
 *
 * `proved` is the highest that central's signed requests bear witness to: below it no command goes back either.
 */
export class HighestInstant {
  readonly #records: SignedRecords;
  readonly #clock: () => number;
  #seen = 0;
  #proved = 0;

  constructor(records: SignedRecords, clock: () => number) {
    this.#records = records;
    this.#clock = clock;
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
    const kept = this.#read();
    const now = Math.max(this.#clock(), kept.seen, this.#seen);
    this.#seen = now;
    const proved = Math.max(kept.proved, this.#proved);
    const passed = kept.seen < milestone && now >= milestone;
    if (passed || now - kept.seen >= writeEvery) this.#write(now, proved);
    return now;
  }

  /** Central has signed a request at this instant, by its own clock. */
  witness(instant: number): void {
    this.#proved = Math.max(this.#proved, instant);
  }

  /** How far the clock is behind the highest instant seen, in milliseconds; 0 when it is not. */
  behind(): number {
    return Math.max(0, this.#read().seen - this.#clock());
  }

  /**
   * Takes the present for the highest instant: the clock had been ahead, and was set right. Returns what was kept.
   * Throws `option-invalid` when central's requests prove that the present has been before.
   */
  accept(): { readonly seen: number; readonly proved: number } {
    const kept = this.#kept() ?? { seen: 0, proved: 0 };
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

  #read(): { readonly seen: number; readonly proved: number } {
    const kept = this.#kept();
    if (kept === null) throw new GuaritaError('state-altered', 'Record "clock".');
    return kept;
  }

  #kept(): { readonly seen: number; readonly proved: number } | null {
    const text = this.#records.read(record);
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    return Value.Check(schema, value) ? value : null;
  }

  #write(seen: number, proved: number): void {
    this.#records.write(record, JSON.stringify({ seen, proved }));
  }
}
