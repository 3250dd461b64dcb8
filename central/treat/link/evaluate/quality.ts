import { type ByRegister, byRegister } from './by-register.ts';
import { contingencyOf } from './contingency.ts';
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
  /** And with its intervals. */
  readonly registers: ByRegister;
}

/**
 * @param groupOf by place, the group that a register was put into
 * @param truth by place, whose it is
 */
export function qualityOf(groupOf: ArrayLike<number>, truth: ArrayLike<number>): Quality {
  const contingency = contingencyOf(groupOf, truth);
  const { groupSizes, ownerSizes } = contingency;
  let together = 0;
  contingency.each((_owner, _group, count) => {
    together += pairsOf(count);
  });
  const precision = shareOf(together, allPairs(groupSizes));
  const recall = shareOf(together, allPairs(ownerSizes));
  const registers = byRegister(contingency);
  const [b3Precision, b3Recall] = [registers.precision.share, registers.recall.share];
  return {
    ...{ precision, recall, f1: harmonic(precision.share, recall.share) },
    b3: { precision: b3Precision, recall: b3Recall, f1: harmonic(b3Precision, b3Recall) },
    registers,
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

function pairsOf(size: number): number {
  return (size * (size - 1)) / 2;
}

function allPairs(sizes: Int32Array): number {
  return sizes.reduce((sum, size) => sum + pairsOf(size), 0);
}

/** F1 of precision and recall. */
export function harmonic(one: number, other: number): number {
  return one + other === 0 ? 0 : (2 * one * other) / (one + other);
}
