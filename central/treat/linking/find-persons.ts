import type { Transaction } from '../../base/base.ts';
import { decisionsOn, type LinkDecision } from '../../base/decided-layer/link-decisions.ts';
import { certainPairsOf, type LinkPair } from '../../base/national-layer/link-pairs.ts';
import {
  type Move,
  moveRegisters,
  personsOf,
  registersInOrder,
  registersOfPersons,
  replaceTooLarge,
} from '../../base/national-layer/link-persons.ts';
import { registersOf } from '../../base/national-layer/link-registers.ts';
import { touchDecided } from '../../base/national-layer/moved-registers.ts';
import { type Scope, setDownAlone } from '../../base/national-layer/queue.ts';
import type { Decision } from '../link/cluster/decisions.ts';
import { linksOf } from '../link/cluster/links.ts';
import { findPersons } from '../link/cluster/persons.ts';
import { judgeBy, placesOf } from '../link/link.ts';
import { PairsBuilder } from '../link/threads/scored-pairs.ts';
import type { Linker } from './linker.ts';

/**
 * Puts the registers of a scope together with all they may be one person with, by certain pairs and by decisions, as
 * linkage finds it. A person is named after the earliest register. Returns how many registers of the scope there were, and
 * how many went to another person.
 */
export async function findPersonsOf(
  tx: Transaction,
  scope: Scope,
  linker: Linker,
): Promise<{ readonly looked: number; readonly moved: number }> {
  const ids = await registersInOrder(tx, scope);
  if (ids.length === 0) return { looked: 0, moved: 0 };
  const { ids: all, pairs, decisions } = await closureOf(tx, ids, linker.thresholds.automatic);
  const known = await personsOf(tx, all);
  const { groups, tooLarge } = await groupsOf(
    tx,
    known.map(({ register }) => register),
    pairs,
    decisions,
    linker,
  );
  const personOf = new Map(known.map(({ register, person }) => [register, person]));
  const moves = groups.flatMap((group): Move[] => {
    const to = group[0] as string;
    const inGroup = new Set(group);
    const among = decisions.filter(({ a, b }) => inGroup.has(a) && inGroup.has(b)).map(({ id }) => id);
    return group.flatMap((register) => {
      const from = personOf.get(register) as string;
      return from === to ? [] : { register, from, to, decisions: among };
    });
  });
  await setDownAlone(tx);
  await moveRegisters(tx, moves, linker.model.version);
  await touchDecided(tx, ids);
  await replaceTooLarge(tx, all, tooLarge);
  return { looked: ids.length, moved: moves.length };
}

interface Closure {
  readonly ids: readonly string[];
  readonly pairs: readonly LinkPair[];
  readonly decisions: readonly Decision[];
}

/** All that certain pairs, decisions and persons as they are now lead to from some registers, and what leads there. */
async function closureOf(tx: Transaction, from: readonly string[], automatic: number): Promise<Closure> {
  const ids = new Set(from);
  const pairs = new Map<string, LinkPair>();
  const decisions = new Map<number, LinkDecision>();
  for (let frontier = [...ids]; frontier.length > 0; ) {
    const certain = await certainPairsOf(tx, frontier, automatic);
    const said = await decisionsOn(tx, frontier);
    for (const pair of certain) pairs.set(`${pair.a} ${pair.b}`, pair);
    for (const decision of said) decisions.set(decision.number, decision);
    const persons = (await personsOf(tx, frontier)).map(({ person }) => person);
    const fellows = await registersOfPersons(tx, [...new Set(persons)]);
    const reached = [...certain, ...said.filter(({ says }) => says === 'same')].flatMap(({ a, b }) => [a, b]);
    frontier = [...new Set([...reached, ...fellows.map(({ register }) => register)])].filter(
      (id) => !ids.has(id),
    );
    for (const id of frontier) ids.add(id);
  }
  return {
    ...{ ids: [...ids], pairs: [...pairs.values()] },
    decisions: [...decisions.values()].flatMap(({ number, a, b, says }): Decision[] =>
      says === 'unsure' ? [] : [{ id: number, a, b, says }],
    ),
  };
}

/** @param order registers, the earliest first: so are the members of a group */
async function groupsOf(
  tx: Transaction,
  order: readonly string[],
  pairs: readonly LinkPair[],
  decisions: readonly Decision[],
  linker: Linker,
): Promise<{
  readonly groups: readonly (readonly string[])[];
  readonly tooLarge: readonly (readonly string[])[];
}> {
  const linked = new Set([...pairs, ...decisions].flatMap(({ a, b }) => [a, b]));
  const registers = linker.columnsOf(
    await registersOf(
      tx,
      order.filter((id) => linked.has(id)),
    ),
  );
  const { ids, columns } = registers;
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const scored = new PairsBuilder();
  for (const { a, b, weight, veto } of pairs) {
    const [one, other] = [placeOf.get(a), placeOf.get(b)];
    if (one !== undefined && other !== undefined) scored.push(one, other, weight, veto);
  }
  const links = linksOf(decisions, placesOf(ids, decisions), (a, b) => columns.kind[a] === columns.kind[b]);
  const judge = judgeBy(linker.scorerOf(registers));
  const { thresholds } = linker;
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
