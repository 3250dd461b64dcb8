import type { Thresholds } from '../model/thresholds.ts';
import type { ScoredPairs } from '../threads/scored-pairs.ts';
import type { Links } from './decisions.ts';
import { type PairJudge, partComponent } from './linkage.ts';
import { Union } from './union.ts';

export interface PersonsOrder {
  readonly ids: readonly string[];
  /** By place; registers of two kinds are never merged. */
  readonly kind: Uint8Array;
  readonly pairs: ScoredPairs;
  readonly links: Links;
  readonly thresholds: Thresholds;
  /** Weighs any two registers, also those that no block has brought together. */
  readonly judge: PairJudge;
}

export interface Persons {
  /** By place, the place of the first register by id that is the same person. */
  readonly personOf: Int32Array;
  /** Registers that a person has to look at: too large a component, or what would come to too large a person. */
  readonly tooLarge: readonly (readonly number[])[];
}

/** A component of more registers is not looked at: its pairs would be too many, and no person has so many registers. */
export const mostMembers = 300;

/** Who belongs together: components by what is certain, each parted by all its pairs. */
export function findPersons(order: PersonsOrder): Persons {
  const { ids, kind, pairs, links, thresholds, judge } = order;
  const union = new Union(ids.length);
  for (let at = 0; at < pairs.a.length; at++) {
    const [a, b] = [pairs.a[at] as number, pairs.b[at] as number];
    const isCertain = (pairs.weight[at] as number) >= thresholds.automatic && pairs.veto[at] === 0;
    if (isCertain && kind[a] === kind[b]) union.join(a, b);
  }
  for (const [a, b] of links.must) union.join(a, b);
  const components = new Map<number, number[]>();
  for (let place = 0; place < ids.length; place++) {
    const root = union.find(place);
    const members = components.get(root);
    if (members !== undefined) members.push(place);
    // Who is alone needs no list.
    else if (root !== place) components.set(root, [root, place]);
  }
  const personOf = Int32Array.from(ids.keys());
  const tooLarge: number[][] = [];
  const mustOf = mustByRoot(links, union);
  for (const [root, members] of components) {
    members.sort((x, y) => compareIds(ids, x, y));
    const together = groupsTogether(members, mustOf.get(root) ?? []);
    const parted =
      members.length > mostMembers
        ? { groups: together, tooLarge: [[...members.keys()]] }
        : partComponent({ members, together }, forbidding(judge, kind, links), thresholds);
    for (const group of parted.groups) {
      const first = members[group[0] as number] as number;
      for (const at of group) personOf[members[at] as number] = first;
    }
    for (const group of parted.tooLarge) tooLarge.push(group.map((at) => members[at] as number));
  }
  tooLarge.sort(([x = 0], [y = 0]) => compareIds(ids, x, y));
  return { personOf, tooLarge };
}

export function compareIds(ids: readonly string[], x: number, y: number): number {
  const [one, other] = [ids[x] as string, ids[y] as string];
  return one < other ? -1 : one > other ? 1 : 0;
}

export function isDistinct({ cannot }: Links, a: number, b: number): boolean {
  return cannot.get(Math.min(a, b))?.has(Math.max(a, b)) === true;
}

function forbidding(judge: PairJudge, kind: Uint8Array, links: Links): PairJudge {
  return {
    weigh: (a, b) => judge.weigh(a, b),
    forbids: (a, b) => kind[a] !== kind[b] || isDistinct(links, a, b) || judge.forbids(a, b),
  };
}

function mustByRoot({ must }: Links, union: Union): ReadonlyMap<number, (readonly [number, number])[]> {
  const byRoot = new Map<number, (readonly [number, number])[]>();
  for (const pair of must) {
    const root = union.find(pair[0]);
    const known = byRoot.get(root);
    if (known === undefined) byRoot.set(root, [pair]);
    else known.push(pair);
  }
  return byRoot;
}

/** What decisions have put together, by place in `members`. */
function groupsTogether(
  members: readonly number[],
  must: readonly (readonly [number, number])[],
): readonly (readonly number[])[] {
  if (must.length === 0) return members.map((_, at) => [at]);
  const placeIn = new Map(members.map((member, at) => [member, at]));
  const union = new Union(members.length);
  for (const [a, b] of must) union.join(placeIn.get(a) ?? 0, placeIn.get(b) ?? 0);
  const groups = new Map<number, number[]>();
  for (const at of members.keys()) {
    const root = union.find(at);
    groups.set(root, [...(groups.get(root) ?? []), at]);
  }
  return [...groups.values()];
}
