import { nextAmount } from '../../base/step-size.ts';

/** However slow the base is: a page costs a question of its own. */
const fewestRows = 500;

/**
 * How many rows to ask for, so that the base has loaded them in the time of two of its steps: while a page is loaded
 * into a base in process, nobody else is answered. As many as the source likes to give, until one took longer.
 */
export class PageSize {
  readonly #milliseconds: number;
  #limit: number | null = null;

  /** @param stepMilliseconds of the base */
  constructor(stepMilliseconds: number) {
    this.#milliseconds = 2 * stepMilliseconds;
  }

  /** Of a page request; absent where the source decides. */
  get limit(): { readonly limit?: number } {
    return this.#limit === null ? {} : { limit: this.#limit };
  }

  /** A page of so many rows was loaded in so long. */
  loaded(rows: number, milliseconds: number): void {
    if (rows === 0 || (this.#limit === null && milliseconds <= this.#milliseconds)) return;
    // A page may have had fewer rows than it might: it ends at its bytes, too.
    const amount = Math.min(rows, this.#limit ?? rows);
    this.#limit = Math.max(fewestRows, nextAmount(amount, rows, milliseconds, this.#milliseconds));
  }
}
