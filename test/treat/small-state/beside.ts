import type { Base, Transaction, TransactionOptions } from '../../../central/base/base.ts';

/** A base beside which something happens: before each transaction of a treatment, the first is 0. */
export class BesideBase implements Base {
  readonly #base: Base;
  readonly #before: (transaction: number) => Promise<void>;
  #transactions = 0;

  constructor(base: Base, before: (transaction: number) => Promise<void>) {
    this.#base = base;
    this.#before = before;
  }

  get atOnce(): number {
    return this.#base.atOnce;
  }

  get stepMilliseconds(): number {
    return this.#base.stepMilliseconds;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    await this.#before(this.#transactions++);
    return this.#base.transaction(work, options);
  }

  async snapshot<T>(...asked: Parameters<Base['snapshot']>): Promise<T> {
    await this.#before(this.#transactions++);
    return this.#base.snapshot(...asked) as Promise<T>;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
