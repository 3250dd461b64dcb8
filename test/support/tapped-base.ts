import type { Base, Questions, Transaction, TransactionOptions } from '../../central/base/base.ts';

/**
 * A real base with a tap at the two places of a load where things go wrong: before the page is copied, and after the
 * base has committed but before the collector hears of it. A tap may wait, or throw in the place of an answer.
 */
export class TappedBase implements Base {
  readonly #base: Base;
  #copies = 0;
  beforeCopy: (count: number) => Promise<void> | void = () => undefined;
  afterCommit: (count: number) => Promise<void> | void = () => undefined;

  constructor(base: Base) {
    this.#base = base;
  }

  get atOnce(): number {
    return this.#base.atOnce;
  }

  get stepMilliseconds(): number {
    return this.#base.stepMilliseconds;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    let copy = 0;
    const result = await this.#base.transaction(
      (tx) =>
        work({
          query: (sql, parameters) => tx.query(sql, parameters),
          rows: (sql, parameters, options) => tx.rows(sql, parameters, options),
          execute: (sql) => tx.execute(sql),
          attempt: (part) => tx.attempt(part),
          copyIn: async (table, lines) => {
            copy = ++this.#copies;
            await this.beforeCopy(copy);
            return tx.copyIn(table, lines);
          },
        }),
      options,
    );
    if (copy > 0) await this.afterCommit(copy);
    return result;
  }

  snapshot<T>(work: (questions: Questions) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.#base.snapshot(work, options);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
