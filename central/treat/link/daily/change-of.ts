import type { Blocks, CappedBlock } from '../block/blocks.ts';
import { crossedCap } from '../block/candidates.ts';
import type { Decision } from '../cluster/decisions.ts';
import type { Change } from '../relink.ts';
import { PairsBuilder, type ScoredPairs } from '../threads/scored-pairs.ts';

/** What is kept from one day to the next, by the ids of registers. */
export interface Day {
  /** All from the review threshold up. */
  readonly pairs: readonly DayPair[];
  /** The first register by id that is the same person. */
  readonly personOf: ReadonlyMap<string, string>;
  readonly capped: readonly Pick<CappedBlock, 'rule' | 'key'>[];
  readonly decisions: readonly Decision[];
}

export interface DayPair {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  /** As in `ScoredPairs`. */
  readonly veto: number;
}

/** The registers as they are now. */
export interface Now {
  readonly ids: readonly string[];
  /** Ids of those that are new, say something else, or are gone. */
  readonly changed: ReadonlySet<string>;
  readonly blocks: Blocks;
  readonly capped: readonly CappedBlock[];
  readonly decisions: readonly Decision[];
}

/** What has to be looked at again once some registers changed, and what is known of the others. */
export function changeOf(day: Day, now: Now): { readonly known: ScoredPairs; readonly change: Change } {
  const { ids, blocks, capped } = now;
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const changed = new Set(crossedCap(day.capped, capped, blocks));
  for (const id of now.changed) {
    const place = placeOf.get(id);
    if (place !== undefined) changed.add(place);
  }
  const touchedIds = new Set(registersOfChanged(day.decisions, now.decisions));
  const known = new PairsBuilder();
  const isChanged = (id: string, place: number | undefined): boolean =>
    now.changed.has(id) || place === undefined || changed.has(place);
  for (const { a, b, weight, veto } of day.pairs) {
    const [one, other] = [placeOf.get(a), placeOf.get(b)];
    // Whoever had a pair with one that changed may have been in its component.
    if (isChanged(a, one)) touchedIds.add(b);
    if (isChanged(b, other)) touchedIds.add(a);
    if (one !== undefined && other !== undefined) known.push(one, other, weight, veto);
  }
  for (const { a, b } of [...day.decisions, ...now.decisions]) {
    if (isChanged(a, placeOf.get(a))) touchedIds.add(b);
    if (isChanged(b, placeOf.get(b))) touchedIds.add(a);
  }
  const touched = new Set([...touchedIds].flatMap((id) => placeOf.get(id) ?? []));
  return { known: known.done(), change: { changed, touched } };
}

/**
 * Registers of decisions that came or were revoked, and all that other decisions hang together with these: one that parts
 * two may break what the others have put together.
 */
function registersOfChanged(before: readonly Decision[], after: readonly Decision[]): readonly string[] {
  const known = new Map(before.map((decision) => [decision.id, decision]));
  const kept = new Set(after.filter(({ id }) => known.has(id)).map(({ id }) => id));
  const all = [...before, ...after.filter(({ id }) => !kept.has(id))];
  const reached = new Set(all.filter(({ id }) => !kept.has(id)).flatMap(({ a, b }) => [a, b]));
  const beside = new Map<string, string[]>();
  for (const { a, b } of all) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = beside.get(from);
      if (others === undefined) beside.set(from, [to]);
      else others.push(to);
    }
  }
  const queue = [...reached];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const other of beside.get(next) ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      queue.push(other);
    }
  }
  return [...reached];
}
