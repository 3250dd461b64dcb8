import type { Contingency } from './contingency.ts';
import { meanOf, type Share } from './interval.ts';

/** B³: of those with whom a register is, how many should be; of those with whom it should be, how many are. */
export interface ByRegister {
  readonly precision: Share;
  readonly recall: Share;
}

/** The mean of all that are counted; those of one owner stand and fall together, so the interval counts owners. */
export function byRegister({ groups, owners, each }: Contingency): ByRegister {
  const { sizes, counted: countedOf } = owners;
  const [precisions, recalls] = [new Float64Array(sizes.length), new Float64Array(sizes.length)];
  each((owner, group, size, counted) => {
    precisions[owner]! += (counted * size) / (groups.sizes[group] as number);
    recalls[owner]! += (counted * size) / (sizes[owner] as number);
  });
  // An owner of whom nothing is counted says nothing.
  const says = (_: number, owner: number): boolean => countedOf[owner] !== 0;
  const weights = countedOf.filter(says);
  return {
    precision: meanOf(precisions.filter(says), weights),
    recall: meanOf(recalls.filter(says), weights),
  };
}
