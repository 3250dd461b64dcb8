import { Union } from '../cluster/union.ts';

/** A pair that people are asked about, by places. */
export type AskedPair = readonly [a: number, b: number];

/** Groups once each pair was answered as the truth is: what review could come to. */
export function afterReview(
  groupOf: ArrayLike<number>,
  asked: readonly AskedPair[],
  truth: ArrayLike<number>,
): Int32Array {
  const union = new Union(groupOf.length);
  for (let place = 0; place < groupOf.length; place++) union.join(place, groupOf[place] as number);
  for (const [a, b] of asked) if (truth[a] === truth[b]) union.join(a, b);
  return Int32Array.from({ length: groupOf.length }, (_, place) => union.find(place));
}
