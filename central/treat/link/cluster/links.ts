import type { Contradiction, Decision, Links } from './decisions.ts';
import { Groups } from './groups.ts';

type Said = readonly [decision: Decision, a: number, b: number];

/**
 * What decisions come to for these registers. A group that decisions put together and another one parts is in
 * contradiction: it is told, and in doubt nothing is merged.
 *
 * @param placeOf undefined for a register that is not there: a decision on it says nothing now
 * @param mayMerge whether the two are of one kind
 */
export function linksOf(
  decisions: readonly Decision[],
  placeOf: (id: string) => number | undefined,
  mayMerge: (a: number, b: number) => boolean,
): Links {
  const said = decisions.flatMap((decision): Said[] => {
    const [a, b] = [placeOf(decision.a), placeOf(decision.b)];
    return a === undefined || b === undefined || a === b ? [] : [[decision, Math.min(a, b), Math.max(a, b)]];
  });
  const same = said.filter(([{ says }, a, b]) => says === 'same' && mayMerge(a, b));
  const groups = new Groups();
  for (const [, a, b] of same) groups.join(a, b);
  const broken = new Set<number>();
  const cannot = new Map<number, Set<number>>();
  const contrary: Said[] = [];
  for (const each of said) {
    const [{ says }, a, b] = each;
    if (says !== 'distinct') continue;
    const others = cannot.get(a) ?? new Set();
    cannot.set(a, others.add(b));
    if (groups.find(a) !== groups.find(b)) continue;
    broken.add(groups.find(a));
    contrary.push(each);
  }
  const bySame = new Map<number, number[]>();
  for (const [{ id }, a] of same) {
    const group = groups.find(a);
    if (broken.has(group)) bySame.set(group, [...(bySame.get(group) ?? []), id]);
  }
  const contradictions = contrary.map(
    ([{ id }, a]): Contradiction => ({
      distinct: id,
      same: (bySame.get(groups.find(a)) ?? []).toSorted((x, y) => x - y),
    }),
  );
  return {
    must: same.filter(([, a]) => !broken.has(groups.find(a))).map(([, a, b]) => [a, b]),
    cannot,
    contradictions: contradictions.toSorted((x, y) => x.distinct - y.distinct),
  };
}
