import type { Transaction } from '../../base/base.ts';
import { decisionsOn, type LinkDecision } from '../../base/decided-layer/link-decisions.ts';
import { certainNeighbours, someCertainPairs } from '../../base/national-layer/link-pairs.ts';
import { personsOf, registersOfPersons } from '../../base/national-layer/link-persons.ts';
import { Groups } from '../link/cluster/groups.ts';

/** Registers that may be one person with some others, and what people said of them. */
export interface Closure {
  readonly ids: readonly string[];
  /** Groups of two and more that certain pairs hold together. */
  readonly components: readonly (readonly string[])[];
  readonly decisions: readonly LinkDecision[];
}

/**
 * All that certain pairs, decisions and persons as they are now lead to from some registers. Of many who are all alike the
 * pairs are far more than the registers, and are not read: only who has one with any of those that hang together already.
 *
 * @param automatic bits
 */
export async function closureOf(
  tx: Transaction,
  from: readonly string[],
  automatic: number,
): Promise<Closure> {
  const places = new Map<string, number>();
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    return place;
  };
  const certain = new Groups();
  const decisions = new Map<number, LinkDecision>();
  for (let frontier = [...new Set(from)]; frontier.length > 0; ) {
    for (const id of frontier) placeOf(id);
    const known = places.size;
    for (const { a, b } of await someCertainPairs(tx, frontier, automatic))
      certain.join(placeOf(a), placeOf(b));
    const labels = frontier.map((id) => certain.find(placeOf(id)));
    for (const { label, other } of await certainNeighbours(tx, frontier, labels, automatic)) {
      certain.join(label, placeOf(other));
    }
    for (const decision of await decisionsOn(tx, frontier)) {
      decisions.set(decision.number, decision);
      if (decision.says === 'same') for (const id of [decision.a, decision.b]) placeOf(id);
    }
    const persons = (await personsOf(tx, frontier)).map(({ person }) => person);
    for (const { register } of await registersOfPersons(tx, [...new Set(persons)])) placeOf(register);
    frontier = [...places.keys()].slice(known);
  }
  const components = [...Map.groupBy(places.keys(), (id) => certain.find(placeOf(id))).values()];
  return {
    ids: [...places.keys()],
    components: components.filter((members) => members.length > 1),
    decisions: [...decisions.values()],
  };
}
