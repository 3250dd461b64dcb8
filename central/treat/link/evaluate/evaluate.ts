import { type AskedPair, afterReview } from './after-review.ts';
import { type Share, shareOf } from './interval.ts';
import { harmonic, type LabelledPair, pairQuality, qualityOf } from './quality.ts';

/** What is held against the truth, whoever found it: registers are places from 0. */
export interface Found {
  /** By place, what stands for the person that the register is of. */
  readonly groupOf: ArrayLike<number>;
  /** Pairs that people are asked about. */
  readonly asked: readonly AskedPair[];
}

/** What is known for certain: whose registers are (-1 where that is not known), or of some pairs whether they are one's. */
export type Truth =
  | { readonly of: 'registers'; readonly ownerOf: ArrayLike<number> }
  | { readonly of: 'pairs'; readonly pairs: readonly LabelledPair[] };

/** Three shares with their intervals. */
export interface Measures {
  readonly precision: Share;
  readonly recall: Share;
  readonly f1: Share;
}

export interface Measured {
  readonly pairs: Measures;
  /** By register (B³); null where only pairs are known. */
  readonly registers: Measures | null;
}

export interface Evaluation {
  /** What the truth is of, and how many registers or pairs it tells of. */
  readonly of: Truth['of'];
  readonly known: number;
  /** What was put together without anybody being asked. */
  readonly automatic: Measured;
  /** Once people have answered each pair that they are asked about, rightly. */
  readonly withReview: Measured;
}

/**
 * How well registers were put together, held against the truth: of that alone which the truth tells of.
 *
 * @param counts which registers, by place, are counted, with the pairs of at least one of them; the others are known all the
 *   same
 */
export function evaluate({ groupOf, asked }: Found, truth: Truth, counts: Counts = () => true): Evaluation {
  const found = { groupOf: byFirst(groupOf), asked };
  return truth.of === 'pairs' ? byPairs(found, truth.pairs, counts) : byOwners(found, truth.ownerOf, counts);
}

type Counts = (place: number) => boolean;

/** By place, the place of the first one that is in the same group. */
function byFirst(groups: ArrayLike<number>): Int32Array {
  const firstOf = new Map<number, number>();
  const firsts = new Int32Array(groups.length);
  for (let place = 0; place < groups.length; place++) {
    const group = groups[place] as number;
    const first = firstOf.get(group) ?? place;
    if (first === place) firstOf.set(group, place);
    firsts[place] = first;
  }
  return firsts;
}

function byPairs({ groupOf, asked }: Found, pairs: readonly LabelledPair[], counts: Counts): Evaluation {
  const nameOf = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`;
  const same = new Set(pairs.filter((pair) => pair.same).map(({ a, b }) => nameOf(a, b)));
  const answered = asked.filter(([a, b]) => same.has(nameOf(a, b)));
  const reviewed = afterReview(groupOf, answered, new Int32Array(groupOf.length));
  const counted = pairs.filter(({ a, b }) => counts(a) || counts(b));
  const measured = (groups: ArrayLike<number>): Measured => {
    const { precision, recall } = pairQuality(groups, counted);
    return { pairs: withF1(precision, recall), registers: null };
  };
  return {
    ...{ of: 'pairs', known: counted.length },
    ...{ automatic: measured(groupOf), withReview: measured(reviewed) },
  };
}

function byOwners({ groupOf, asked }: Found, ownerOf: ArrayLike<number>, counts: Counts): Evaluation {
  const known = Int32Array.from({ length: groupOf.length }, (_, place) => place).filter(
    (place) => ownerOf[place] !== -1,
  );
  const placeIn = new Int32Array(groupOf.length).fill(-1);
  for (const [at, place] of known.entries()) placeIn[place] = at;
  const groups = byFirst(known.map((place) => groupOf[place] as number));
  const owners = known.map((place) => ownerOf[place] as number);
  const counted = Array.from(known, counts);
  const pairs = asked
    .map(([a, b]): AskedPair => [placeIn[a] as number, placeIn[b] as number])
    .filter(([a, b]) => a !== -1 && b !== -1);
  const measured = (of: ArrayLike<number>): Measured => {
    const { precision, recall, registers } = qualityOf(of, owners, counted);
    return {
      pairs: { precision, recall, f1: between(precision, recall) },
      registers: { ...registers, f1: between(registers.precision, registers.recall) },
    };
  };
  return {
    ...{ of: 'registers', known: counted.filter(Boolean).length },
    ...{ automatic: measured(groups), withReview: measured(afterReview(groups, pairs, owners)) },
  };
}

/**
 * Of pairs that people have judged: F1 follows from the share of those that are right among all that were put together or
 * should be, which is counted.
 */
function withF1(precision: Share, recall: Share): Measures {
  const right = Math.round(recall.share * recall.of) * (recall.of === 0 ? 0 : 1);
  const either = shareOf(right, precision.of + recall.of - right);
  const f1 = (share: number): number => (2 * share) / (1 + share);
  return {
    ...{ precision, recall },
    f1: { share: f1(either.share), low: f1(either.low), high: f1(either.high), of: either.of },
  };
}

function between(precision: Share, recall: Share): Share {
  return {
    share: harmonic(precision.share, recall.share),
    low: harmonic(precision.low, recall.low),
    high: harmonic(precision.high, recall.high),
    of: precision.of,
  };
}
