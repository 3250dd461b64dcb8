import { byRegister } from './by-register.ts';
import { type Share, shareOf } from './interval.ts';

/** How well registers were put together, held against the truth. */
export interface Quality {
  /** Of the pairs that were put together, those that belong together. */
  readonly precision: Share;
  /** Of the pairs that belong together, those that were. */
  readonly recall: Share;
  readonly f1: number;
  /** The same by register (B³), the mean of all. */
  readonly b3: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/**
 * @param groupOf by place, the group that a register was put into
 * @param truth by place, whose it is
 */
export function qualityOf(groupOf: ArrayLike<number>, truth: ArrayLike<number>): Quality {
  const groups = new Map<number, number>();
  const owners = new Map<number, number>();
  const both = new Map<number, Map<number, number>>();
  for (let place = 0; place < groupOf.length; place++) {
    const [group, owner] = [groupOf[place] as number, truth[place] as number];
    count(groups, group);
    count(owners, owner);
    let owned = both.get(group);
    if (owned === undefined) both.set(group, (owned = new Map<number, number>()));
    count(owned, owner);
  }
  let together = 0;
  for (const owned of both.values()) for (const size of owned.values()) together += pairsOf(size);
  const precision = shareOf(together, allPairs(groups));
  const recall = shareOf(together, allPairs(owners));
  const b3 = byRegister(groupOf, truth);
  const [b3Precision, b3Recall] = [b3.precision.share, b3.recall.share];
  return {
    ...{ precision, recall, f1: harmonic(precision.share, recall.share) },
    b3: { precision: b3Precision, recall: b3Recall, f1: harmonic(b3Precision, b3Recall) },
  };
}

/** A pair of registers of which somebody knows, by their places. */
export interface LabelledPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** The same by pairs that people have judged: of those alone, however they were chosen. */
export function pairQuality(
  groupOf: ArrayLike<number>,
  labelled: readonly LabelledPair[],
): Pick<Quality, 'precision' | 'recall' | 'f1'> {
  const put = labelled.filter(({ a, b }) => groupOf[a] === groupOf[b]);
  const right = put.filter(({ same }) => same).length;
  const precision = shareOf(right, put.length);
  const recall = shareOf(right, labelled.filter(({ same }) => same).length);
  return { precision, recall, f1: harmonic(precision.share, recall.share) };
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsOf(size: number): number {
  return (size * (size - 1)) / 2;
}

function allPairs(sizes: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const size of sizes.values()) sum += pairsOf(size);
  return sum;
}

/** F1 of precision and recall. */
export function harmonic(one: number, other: number): number {
  return one + other === 0 ? 0 : (2 * one * other) / (one + other);
}
