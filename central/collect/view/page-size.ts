import type { GuaritaError } from '../../../shared/errors.ts';
import { nextAmount } from '../../base/step-size.ts';

/** However slow the base is: a page costs a question of its own. */
const fewestRows = 500;
/** However slow the way to here is. */
const fewestInTime = 100;
/** About what 4 MiB hold: nothing is known of a source of which no page has come. */
const usualRows = 20_000;
/** A page that has come is no reason to ask for more at once: the next one may be late for that. */
const inTimeBeforeMore = 8;
const mostRows = 100_000;

/**
 * How many rows to ask for, so that the base has loaded them in the time of two of its steps: while a page is loaded
 * into a base in process, nobody else is answered. As many as the source likes to give, until one took longer. And so
 * that they come: fewer after each page that was late or was cut on its way, more again when several have come.
 */
export class PageSize {
  readonly #milliseconds: number;
  #fitsBase: number | null = null;
  #fitsWay: number | null = null;
  #lastRows: number | null = null;
  #inTime = 0;

  /** @param stepMilliseconds of the base */
  constructor(stepMilliseconds: number) {
    this.#milliseconds = 2 * stepMilliseconds;
  }

  /** Of a page request; absent where the source decides. */
  get limit(): { readonly limit?: number } {
    const limit = this.#limit;
    return limit === null ? {} : { limit };
  }

  get #limit(): number | null {
    if (this.#fitsBase === null || this.#fitsWay === null) return this.#fitsBase ?? this.#fitsWay;
    return Math.min(this.#fitsBase, this.#fitsWay);
  }

  /** A page of so many rows was loaded in so long. */
  loaded(rows: number, milliseconds: number): void {
    if (rows === 0 || (this.#fitsBase === null && milliseconds <= this.#milliseconds)) return;
    // A page may have had fewer rows than it might: it ends at its bytes, too.
    const amount = Math.min(rows, this.#fitsBase ?? rows);
    this.#fitsBase = Math.max(fewestRows, nextAmount(amount, rows, milliseconds, this.#milliseconds));
  }

  /** A page of so many rows has come. */
  came(rows: number): void {
    this.#lastRows = rows;
    if (this.#fitsWay === null || ++this.#inTime < inTimeBeforeMore) return;
    this.#inTime = 0;
    this.#fitsWay = this.#fitsWay * 2 > mostRows ? null : this.#fitsWay * 2;
  }

  /** A page did not come, perhaps because it was too large (`isForItsSize`). */
  late(): void {
    const asked = Math.min(this.#limit ?? usualRows, this.#lastRows ?? usualRows);
    this.#inTime = 0;
    this.#fitsWay = Math.max(fewestInTime, Math.floor(asked / 4));
  }
}

/** Whether an answer may have failed to come because it was too large: it was not made in time, or cut on its way. */
export function isForItsSize({ code, members }: GuaritaError): boolean {
  if (code === 'agent-unreachable') return Number(members['received'] ?? 0) > 0;
  return code === 'agent-timeout' || code === 'source-timeout';
}
