import { GuaritaError } from '../../../shared/errors.ts';

/** From when on a loss of rows is not believed without asking. */
export interface ShrinkLimits {
  /** Share of the rows of a view that one run may mark as removed, with those before it that failed. */
  readonly share: number;
  /** As many rows it may mark in any case, so that small views may change. */
  readonly rows: number;
}

/** What else there is to know of a view's losses. */
export interface Losses {
  /** Rows that were marked already and are judged together with these. */
  readonly marked?: number;
  /** What is left of the loss that a person accepted, in rows. */
  readonly accepted?: number;
  /** A loss waits for a decision. */
  readonly waits?: boolean;
  /** Told of rows as they are marked. */
  readonly onMarked?: (rows: number) => void;
}

/**
 * Judges how many rows of a view may be marked as removed before a person is asked. A restored, cut or half-granted
 * view looks like one of which most rows were deleted: what it lacks stays, until somebody said that it is meant.
 * Whatever is about to mark rows asks here first, and shares one and the same number with all else that does: as many
 * as the limits say, or as many as a person accepted, whichever is more, and not both together.
 */
export class RemovalJudge {
  #usual: number;
  #accepted: number;
  #waits: boolean;
  readonly #onMarked: (rows: number) => void;

  /** @param live rows of the base that the source had so far, but for those that were marked already */
  constructor(live: number, { rows, share }: ShrinkLimits, losses: Losses = {}) {
    const { marked = 0, accepted = 0, waits = false, onMarked = () => undefined } = losses;
    const before = live + marked;
    const some = Math.max(rows, Math.floor(before * share));
    // All of them at once is never a matter of course, however few they are.
    this.#usual = (before > 0 ? Math.min(some, before - 1) : some) - marked;
    this.#accepted = accepted;
    this.#waits = waits;
    this.#onMarked = onMarked;
  }

  /**
   * Rows that may still be marked as they come, page by page; the base is held to it in the transaction that marks.
   * None while a loss waits for a decision: each run would otherwise mark some more of it.
   */
  get left(): number {
    return this.#waits ? 0 : this.#most;
  }

  /** Rows were marked. */
  spend(rows: number): void {
    if (rows === 0) return;
    this.#usual -= rows;
    this.#accepted -= rows;
    this.#onMarked(rows);
  }

  /** Whether so many rows may be marked, when they are all that there are. */
  allows(lost: number): boolean {
    return lost <= this.#most;
  }

  /**
   * Weighs a loss as a whole, before any row of it is marked; one that waited may have become smaller. From then on so
   * many may be marked. Throws `view-shrank`, with the loss that is in doubt.
   * @param held rows that the base has of the source
   */
  weigh(lost: number, held: number): void {
    if (!this.allows(lost)) throw lossInDoubt(lost, held);
    this.#waits = false;
  }

  get #most(): number {
    return Math.max(0, this.#usual, this.#accepted);
  }
}

/** `view-shrank`: the number of rows is what a person decides about. */
function lossInDoubt(lost: number, held: number): GuaritaError {
  return new GuaritaError('view-shrank', `Sumiram ${lost} de ${held} linhas.`, {
    members: { subject: String(lost) },
  });
}
