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
