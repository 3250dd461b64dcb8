/** Failures in a row after which a view is given up until its next turn. */
export const maxFailures = 5;

const firstSeconds = 1;
const mostSeconds = 60;
/** `Retry-After` is not signed: whoever is on the line could otherwise park a source for as long as they like. */
const mostAskedSeconds = 300;

/**
 * Seconds to wait before the next attempt: doubling from one second up to a minute, spread by half so that 28
 * collectors do not come back at once, and never less than the other side asked for (`Retry-After`), which counts up
 * to five minutes.
 * @param random a number in [0, 1)
 */
export function backoffSeconds(failures: number, atLeastSeconds: number, random: number): number {
  const doubled = Math.min(mostSeconds, firstSeconds * 2 ** (failures - 1));
  return Math.max(Math.min(mostAskedSeconds, atLeastSeconds), doubled * (0.5 + random / 2));
}
