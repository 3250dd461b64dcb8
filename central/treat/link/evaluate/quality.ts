import { byPair } from './by-pair.ts';
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
 * @param counts by place, whether it is counted, with the pairs that it is in; all are without it
 */
export function qualityOf(
  groupOf: ArrayLike<number>,
  truth: ArrayLike<number>,
  counts?: ArrayLike<boolean>,
): Quality {
  const contingency = contingencyOf(groupOf, truth, counts);
  const { precision, recall } = byPair(contingency);
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

/** The same by pairs that people have judged: of those alone, however they were chosen, each for itself. */
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

/** F1 of precision and recall. */
export function harmonic(one: number, other: number): number {
  return one + other === 0 ? 0 : (2 * one * other) / (one + other);
}
