import type { Thresholds } from '../model/thresholds.ts';

/** What is asked of the pairs of a component, by places. */
export interface PairJudge {
  /** Bits. */
  weigh(a: number, b: number): number;
  /** Whether the two must not come together: a veto, a decision, another kind. Asked of the pair that was weighed last. */
  forbids(a: number, b: number): boolean;
}

export interface Component {
  /** In the order of their ids, by which ties are decided. */
  readonly members: readonly number[];
  /** Groups that decisions have put together already, by place in `members`. */
  readonly together: readonly (readonly number[])[];
}

export interface Grouping {
  /** Places in `members`, each once; groups and members in order. */
  readonly groups: readonly (readonly number[])[];
  /** Places that would have become too large a person, if any: in order, each such person by itself. */
  readonly tooLarge: readonly (readonly number[])[];
}

/** A group by what decisions put together of it. */
type Parts = readonly (readonly number[])[];

/** Between two groups. */
interface Across {
  sum: number;
  best: number;
  forbidden: boolean;
}

/**
 * Parts a component into persons: the two groups whose pairs weigh most on average are joined, again and again, as long as
 * the average and the best pair suffice and no pair across them is forbidden. Weights are whole parts of a bit, so sums
 * are exact; of equals, the first by id goes first. So it comes to the same in whatever order the registers came.
 *
 * What comes to more registers than one person may have is left as decisions put it together, all of it: who of so many
 * would be with whom until the limit is reached follows from nothing but their ids.
 */
export function partComponent(
  component: Component,
  judge: PairJudge,
  { automatic, average, largest }: Thresholds,
): Grouping {
  const { members } = component;
  const together = component.together.toSorted(byFirst);
  const across = together.map((group, at) =>
    together.map((other, place) => (place < at ? acrossOf(group, other, members, judge) : none())),
  );
  // Of each its parts, which decisions put together, and how many registers these have.
  const groups = together.map((group) => [group]);
  const sizes = together.map(({ length }) => length);
  const between = (one: number, other: number): Across =>
    (one > other ? across[one]?.[other] : across[other]?.[one]) ?? none();
  const alive = new Set(groups.keys());
  for (;;) {
    let [bestOne, bestOther, bestMean] = [-1, -1, -Infinity];
    for (const one of alive) {
      for (const other of alive) {
        if (other <= one) continue;
        const { sum, best, forbidden } = between(one, other);
        if (forbidden || best < automatic) continue;
        const mean = sum / ((sizes[one] as number) * (sizes[other] as number));
        if (mean < average || mean <= bestMean) continue;
        [bestOne, bestOther, bestMean] = [one, other, mean];
      }
    }
    if (bestOne === -1) break;
    groups[bestOne]?.push(...(groups[bestOther] ?? []));
    sizes[bestOne]! += sizes[bestOther] as number;
    alive.delete(bestOther);
    for (const third of alive) {
      if (third === bestOne) continue;
      const [into, from] = [between(bestOne, third), between(bestOther, third)];
      into.sum += from.sum;
      into.best = Math.max(into.best, from.best);
      into.forbidden ||= from.forbidden;
    }
  }
  const found = [...alive].map((at) => groups[at] ?? []);
  const isTooLarge = (parts: Parts) => parts.length > 1 && parts.flat().length > largest;
  const large = found.filter(isTooLarge);
  return {
    groups: found.flatMap((parts) => (large.includes(parts) ? parts : [inOrder(parts)])).sort(byFirst),
    tooLarge: large.map(inOrder),
  };
}

const byFirst = (x: readonly number[], y: readonly number[]) => (x[0] ?? 0) - (y[0] ?? 0);
const inOrder = (parts: Parts) => parts.flat().sort((x, y) => x - y);

function acrossOf(
  group: readonly number[],
  other: readonly number[],
  members: readonly number[],
  judge: PairJudge,
): Across {
  const all = none();
  for (const one of group) {
    for (const counterpart of other) {
      const [a, b] = [members[one] as number, members[counterpart] as number];
      const weight = judge.weigh(a, b);
      all.sum += weight;
      if (judge.forbids(a, b)) all.forbidden = true;
      else all.best = Math.max(all.best, weight);
    }
  }
  return all;
}

function none(): Across {
  return { sum: 0, best: -Infinity, forbidden: false };
}
