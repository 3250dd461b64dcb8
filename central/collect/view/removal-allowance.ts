/** From when on a loss of rows is not believed without asking. */
export interface ShrinkLimits {
  /** Share of the rows of a view that one run may mark as removed. */
  readonly share: number;
  /** As many rows it may mark in any case, so that small views may change. */
  readonly rows: number;
}

/** A person said that a loss is meant: of so many rows, or, told by a change log, of all that it names. */
export type AcceptedLoss = number | 'all';

/**
 * How many rows of a view one run may mark as removed before a person is asked. A restored, cut or half-granted view
 * looks like one of which most rows were deleted: what it lacks stays, until somebody said that it is meant.
 */
export class RemovalAllowance {
  #left: number;

  /** @param live rows of the base that the source had so far */
  constructor(live: number, limits: ShrinkLimits, accepted: AcceptedLoss = 0) {
    const some = Math.max(limits.rows, Math.floor(live * limits.share));
    // All of them at once is never a matter of course, however few they are.
    const most = live > 0 ? Math.min(some, live - 1) : some;
    this.#left = accepted === 'all' ? Number.MAX_SAFE_INTEGER : most + accepted;
  }

  get left(): number {
    return this.#left;
  }

  spend(rows: number): void {
    this.#left -= rows;
  }
}
