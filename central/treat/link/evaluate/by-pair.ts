import type { Contingency } from './contingency.ts';
import { meanOf, type Share } from './interval.ts';

/** Of the pairs that were put together, those that belong together; of those that belong together, those that were. */
export interface ByPair {
  readonly precision: Share;
  readonly recall: Share;
}

/**
 * Pairs of one person stand and fall together, so the intervals count persons: those that were made, and those that there
 * are.
 */
export function byPair({ groupSizes, ownerSizes, each }: Contingency): ByPair {
  const inGroup = new Float64Array(groupSizes.length);
  const ofOwner = new Float64Array(ownerSizes.length);
  each((owner, group, count) => {
    inGroup[group]! += pairsOf(count);
    ofOwner[owner]! += pairsOf(count);
  });
  return { precision: shareOfPairs(inGroup, groupSizes), recall: shareOfPairs(ofOwner, ownerSizes) };
}

/** @param right pairs, by person @param sizes registers of each; who has one says nothing */
function shareOfPairs(right: Float64Array, sizes: Int32Array): Share {
  const several = (_: number, person: number) => (sizes[person] as number) > 1;
  return meanOf(right.filter(several), Float64Array.from(sizes.filter(several), pairsOf));
}

function pairsOf(size: number): number {
  return (size * (size - 1)) / 2;
}
