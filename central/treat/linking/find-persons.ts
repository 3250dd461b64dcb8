import type { Transaction } from '../../base/base.ts';
import type { LinkDecision } from '../../base/decided-layer/link-decisions.ts';
import { formsOf } from '../../base/national-layer/link-keys.ts';
import { certainPairsOf } from '../../base/national-layer/link-pairs.ts';
import {
  type Move,
  moveRegisters,
  personsOf,
  registersInOrder,
  replaceTooLarge,
} from '../../base/national-layer/link-persons.ts';
import { touchDecided } from '../../base/national-layer/moved-registers.ts';
import { dequeueKeys, type Scope } from '../../base/national-layer/queue.ts';
import type { Decision } from '../link/cluster/decisions.ts';
import { linksOf } from '../link/cluster/links.ts';
import { findPersons, mostMembers } from '../link/cluster/persons.ts';
import { judgeBy, placesOf } from '../link/link.ts';
import { PairsBuilder } from '../link/threads/scored-pairs.ts';
import { closureOf } from './closure.ts';
import type { Linker } from './linker.ts';
import { registerOfForm } from './register-form.ts';

/** What putting the registers of a scope together came to. */
interface FoundPersons {
  /** Registers of the scope. */
  readonly looked: number;
  /** How many went to another person. */
  readonly moved: number;
}

/** Registers of a component, from which on it is remembered in a sweep that it was looked at: there are few so large. */
const fewMembers = 50;

/**
 * Puts the registers of a scope together with all they may be one person with, by certain pairs and by decisions, as
 * linkage finds it. A person is named after the earliest register. All that were looked at wait no more.
 *
 * @param seen of large components, those that this sweep has looked at already; gets what is looked at now
 */
export async function findPersonsOf(
  tx: Transaction,
  scope: Scope,
  linker: Linker,
  seen: Set<string>,
): Promise<FoundPersons> {
  const inScope = await registersInOrder(tx, scope);
  const isSweep = !('keys' in scope);
  if (isSweep && scope.after === null) seen.clear();
  const ids = isSweep ? inScope.filter((id) => !seen.has(id)) : inScope;
  if (ids.length === 0) return { looked: inScope.length, moved: 0 };
  const closure = await closureOf(tx, ids, linker.thresholds.automatic);
  const known = await personsOf(tx, closure.ids);
  const order = known.map(({ register }) => register);
  const { groups, tooLarge } = await groupsOf(tx, order, closure.components, closure.decisions, linker);
  const personOf = new Map(known.map(({ register, person }) => [register, person]));
  const decided = closure.decisions.filter(({ says }) => says !== 'unsure');
  const moves = groups.flatMap((group): Move[] => {
    const to = group[0] as string;
    if (group.every((register) => personOf.get(register) === to)) return [];
    const inGroup = new Set(group);
    const decisions = decided
      .filter(({ a, b }) => inGroup.has(a) && inGroup.has(b))
      .map(({ number }) => number);
    return group.flatMap((register) => {
      const from = personOf.get(register) as string;
      return from === to ? [] : { register, from, to, decisions };
    });
  });
  await moveRegisters(tx, moves, linker.model.version);
  await touchDecided(tx, ids);
  await replaceTooLarge(tx, closure.ids, tooLarge);
  await dequeueKeys(tx, 'grupo', '', order);
  if (isSweep) {
    for (const members of closure.components) {
      if (members.length > fewMembers) for (const id of members) seen.add(id);
    }
  }
  return { looked: inScope.length, moved: moves.length };
}

/** @param order registers, the earliest first: so are the members of a group */
async function groupsOf(
  tx: Transaction,
  order: readonly string[],
  components: readonly (readonly string[])[],
  said: readonly LinkDecision[],
  linker: Linker,
): Promise<{
  readonly groups: readonly (readonly string[])[];
  readonly tooLarge: readonly (readonly string[])[];
}> {
  const decisions = said.flatMap(({ number, a, b, says }): Decision[] =>
    says === 'unsure' ? [] : [{ id: number, a, b, says }],
  );
  const linked = new Set([...components.flat(), ...decisions.flatMap(({ a, b }) => [a, b])]);
  const forms = await formsOf(
    tx,
    order.filter((id) => linked.has(id)),
  );
  const registers = linker.columnsOf(forms.map(registerOfForm));
  const { ids, columns } = registers;
  const { thresholds } = linker;
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const scored = new PairsBuilder();
  const push = (a: string, b: string, weight: number) => {
    const [one, other] = [placeOf.get(a), placeOf.get(b)];
    if (one !== undefined && other !== undefined) scored.push(one, other, weight, 0);
  };
  const isLarge = (members: readonly string[]) => members.length > mostMembers;
  const few = components.filter((members) => !isLarge(members)).flat();
  for (const { a, b, weight } of await certainPairsOf(tx, few, thresholds.automatic)) push(a, b, weight);
  // That they hang together is all that is asked of these.
  for (const [first = '', ...others] of components.filter(isLarge)) {
    for (const other of others) push(first, other, thresholds.automatic);
  }
  const links = linksOf(decisions, placesOf(ids, decisions), (a, b) => columns.kind[a] === columns.kind[b]);
  const judge = judgeBy(linker.scorerOf(registers));
  const { personOf, tooLarge } = findPersons({
    ...{ ids, kind: columns.kind, pairs: scored.done(), links, thresholds, judge },
  });
  const firstOf = (id: string) => {
    const place = placeOf.get(id);
    return place === undefined ? id : (ids[personOf[place] as number] as string);
  };
  return {
    groups: [...Map.groupBy(order, firstOf).values()],
    tooLarge: tooLarge.map((members) => members.map((place) => ids[place] as string)),
  };
}
