/** Weights are whole numbers of this part of a bit, so that any sum of them is exact, in whatever order it was made. */
const part = 1 / 1024;

export function bitsOf(value: number): number {
  return Math.round(value / part) * part;
}
