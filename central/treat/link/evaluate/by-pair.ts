import type { Contingency, Sizes } from './contingency.ts';
import { meanOf, type Share } from './interval.ts';

/** Of the pairs that were put together, those that belong together; of those that belong together, those that were. */
export interface ByPair {
  readonly precision: Share;
  readonly recall: Share;
}

/**
 * Pairs of at least one that is counted. Those of one person stand and fall together, so the intervals count persons: those
 * that were made, and those that there are.
 */
export function byPair({ groups, owners, each }: Contingency): ByPair {
  const inGroup = new Float64Array(groups.sizes.length);
  const ofOwner = new Float64Array(owners.sizes.length);
  each((owner, group, size, counted) => {
    inGroup[group]! += pairsOf(size, counted);
    ofOwner[owner]! += pairsOf(size, counted);
  });
  return { precision: shareOfPairs(inGroup, groups), recall: shareOfPairs(ofOwner, owners) };
}

/** @param right pairs, by person; one without a pair says nothing */
function shareOfPairs(right: Float64Array, { sizes, counted }: Sizes): Share {
  const all = Float64Array.from(sizes, (size, person) => pairsOf(size, counted[person] as number));
  const says = (_: number, person: number) => (all[person] as number) > 0;
  return meanOf(right.filter(says), all.filter(says));
}

function pairsOf(size: number, counted: number): number {
  const others = size - counted;
  return (size * (size - 1) - others * (others - 1)) / 2;
}
