import { GuaritaError } from '../../../shared/errors.ts';

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
 * Judges how many rows of a view one run may mark as removed before a person is asked. A restored, cut or half-granted
 * view looks like one of which most rows were deleted: what it lacks stays, until somebody said that it is meant.
 * Whatever is about to mark rows asks here first: a page of a change log and a lookup by `left`, which the base holds
 * them to in the transaction that marks, a comparison by `compare`.
 */
export class RemovalJudge {
  #left: number;

  private constructor(left: number) {
    this.#left = left;
  }

  /** @param live rows of the base that the source had so far */
  static of(live: number, limits: ShrinkLimits, accepted: AcceptedLoss = 0): RemovalJudge {
    if (accepted === 'all') return RemovalJudge.lenient();
    const some = Math.max(limits.rows, Math.floor(live * limits.share));
    // All of them at once is never a matter of course, however few they are.
    const most = live > 0 ? Math.min(some, live - 1) : some;
    return new RemovalJudge(most + accepted);
  }

  /** Lets nothing be marked. */
  static strict(): RemovalJudge {
    return new RemovalJudge(0);
  }

  /** Lets everything be marked. */
  static lenient(): RemovalJudge {
    return new RemovalJudge(Number.MAX_SAFE_INTEGER);
  }

  /** Rows that may still be marked. */
  get left(): number {
    return this.#left;
  }

  /** Rows were marked. */
  spend(rows: number): void {
    this.#left -= rows;
  }

  /**
   * Weighs a comparison as a whole, by how many rows each side has. Throws `view-shrank`, with the loss that is in
   * doubt. Returns who judges what it goes on to mark: how much the view lost is known by then, and what is gone of the
   * keys in doubt is part of it, or was exchanged.
   */
  compare(held: number, found: number): RemovalJudge {
    const lost = held - found;
    if (lost <= this.#left) return RemovalJudge.lenient();
    const members = { subject: String(lost) };
    throw new GuaritaError('view-shrank', `It had ${held} rows and has ${found}.`, { members });
  }
}
