import type { Contingency } from './contingency.ts';
import { meanOf, type Share } from './interval.ts';

/** B³: of those with whom a register is, how many should be; of those with whom it should be, how many are. */
export interface ByRegister {
  readonly precision: Share;
  readonly recall: Share;
}

/** The mean of all registers; those of one owner stand and fall together, so the interval counts owners. */
export function byRegister({ groupSizes, ownerSizes, each }: Contingency): ByRegister {
  const [precisions, recalls] = [new Float64Array(ownerSizes.length), new Float64Array(ownerSizes.length)];
  each((owner, group, count) => {
    precisions[owner]! += (count * count) / (groupSizes[group] as number);
    recalls[owner]! += (count * count) / (ownerSizes[owner] as number);
  });
  return { precision: meanOf(precisions, ownerSizes), recall: meanOf(recalls, ownerSizes) };
}
