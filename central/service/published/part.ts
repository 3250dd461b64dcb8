import type { Transaction } from '../../base/base.ts';

/** Something of central's that the base shows. */
export interface Part {
  /**
   * What of it is to be written now; null for nothing.
   * @param all the base shows nothing of it yet
   */
  next(all: boolean): Showing | null;
}

export interface Showing {
  write(tx: Transaction): Promise<void>;
  /** The base has it: called once it is committed. */
  shown(): void;
  /** There is more to write, in a transaction of its own. */
  readonly more: boolean;
}
