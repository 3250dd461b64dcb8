/**
 * A local clock is set back by an hour when daylight saving ends: what is written in the repeated hour carries times
 * that were read already. Where instants have no zone, the next cycle therefore begins at least this long before the
 * bound, whatever the configured overlap, and a bound that goes back by no more is not another history.
 */
const repeatedHour = 3600;

/** The overlap in seconds of a watermark of date and time. */
export function effectiveOverlap(overlapSeconds: number, isLocal: boolean): number {
  return isLocal ? Math.max(overlapSeconds, repeatedHour) : overlapSeconds;
}
