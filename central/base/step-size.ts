/** What a long job begins with, knowing nothing of its cost: next to nothing for any table. */
export const firstAmount = 100;

/** However cheap it seems: what comes next may be dearer, and the parameters of a statement are in memory. */
export const mostAmount = 100_000;

/**
 * How much the next step of a long job is to do, from what the last one did in its time. Too much is mended at once,
 * for somebody waited. Too little is mended by half of what is missing (in proportions), and by no more than twice as
 * much: the next rows may be dearer than the last. So it settles for costs that grow with the amount up to its square,
 * whatever a step costs besides.
 *
 * @param amount what the step was asked to do
 * @param done what it found to do; at least 1
 * @param milliseconds how long it took
 * @param target how long it should have taken
 */
export function nextAmount(amount: number, done: number, milliseconds: number, target: number): number {
  // Too short for the clock: anything would have fitted.
  const fitting = milliseconds > 0 ? Math.floor((done * target) / milliseconds) : mostAmount;
  const wanted = fitting < amount ? fitting : Math.min(Math.ceil(Math.sqrt(amount * fitting)), amount * 2);
  return Math.min(Math.max(wanted, 1), mostAmount);
}

/** Of two steps, the share of the larger that the smaller may have done at most, to tell what does not depend on it. */
const tellingShare = 0.7;
/** So many times in a row two steps may be too alike to tell anything. */
const mostAlike = 2;
/** By so many steps one shows that took long by chance: what a step takes besides is no more than most of them took. */
const recentSteps = 5;
/** What each pair of steps leaves of the weight of those before: what a step takes besides its work changes, too. */
const kept = 7 / 8;

/**
 * How much each step of a long job does, from what those before took. As much as fits the target; but where a step
 * takes long whatever it does, as on a machine with much else to do, to do less would not shorten it, and the job would
 * hardly end, in steps of one unit. So no more than half of a step's time goes to what it takes besides its work. How
 * much that is shows only in steps of different sizes: when some were alike, one does half (of a single unit, two).
 */
export class StepSize {
  readonly #target: number;
  readonly #largest: number;
  #next: number;
  /** What to do after a step that does half. */
  #after: number | null = null;
  #last: { readonly done: number; readonly milliseconds: number } | null = null;
  /** What the last steps took. */
  #recent: readonly number[] = [];
  #alike = 0;
  #besides = 0;
  #weight = 0;

  /**
   * @param target milliseconds that a step should take
   * @param options what the `first` step does, and the `largest`
   */
  constructor(target: number, { first = firstAmount, largest = mostAmount } = {}) {
    this.#target = target;
    this.#next = first;
    this.#largest = largest;
  }

  /** What the next step may do; at least 1. */
  get next(): number {
    return this.#next;
  }

  /** The step that was to do `next` has done so much, at least 1, in so long. */
  took(done: number, milliseconds: number): void {
    this.#learn(done, milliseconds);
    this.#recent = [milliseconds, ...this.#recent].slice(0, recentSteps);
    const median =
      this.#recent.toSorted((one, other) => one - other)[Math.floor(this.#recent.length / 2)] ?? 0;
    const besides = this.#weight === 0 ? 0 : Math.max(0, Math.min(this.#besides / this.#weight, median));
    const allowed = Math.max(this.#target, 2 * besides);
    const inTime = milliseconds <= allowed;
    // Less is done for the whole time that it took, but more for that of the work, which alone would grow.
    const fixed = inTime ? Math.min(besides, milliseconds) : 0;
    const fitting = Math.min(
      nextAmount(this.#next, done, milliseconds - fixed, allowed - fixed),
      this.#largest,
    );
    if (this.#after !== null) {
      this.#next = inTime ? this.#after : Math.min(fitting, this.#after);
      this.#after = null;
    } else if (this.#alike >= mostAlike) {
      this.#after = fitting;
      this.#next = done > 1 ? Math.ceil(done / 2) : Math.min(2, this.#largest);
    } else {
      this.#next = fitting;
    }
  }

  /** What would be left of both steps' times if they had done nothing, were the rest in proportion to what they did. */
  #learn(done: number, milliseconds: number): void {
    const one = { done, milliseconds };
    const last = this.#last ?? one;
    this.#last = one;
    const [less, more] = done < last.done ? [one, last] : [last, one];
    const share = less.done / more.done;
    if (share > tellingShare) {
      this.#alike++;
      return;
    }
    this.#alike = 0;
    // Sums of what chance may have made negative: to cut each pair at zero would favour one side.
    this.#besides = this.#besides * kept + less.milliseconds - share * more.milliseconds;
    this.#weight = this.#weight * kept + 1 - share;
  }
}
