import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';
import { type AskedLinks, askedLinks } from '../../../central/console/network/asked.ts';
import { chainBetween } from '../../../central/console/network/chain.ts';
import { allKinds, chainKinds, kindsOf, type LinkKind } from '../../../central/console/network/kinds.ts';
import { rankedBy } from '../../../central/console/network/links.ts';
import { networkOf } from '../../../central/console/network/network.ts';
import { seenPeople } from '../../../central/console/network/people.ts';
import { reachFrom, registersOf } from '../../../central/console/network/reach.ts';
import { runs } from '../../support/runs.ts';
import { areLinked, distance, type Graph, graphOf } from './by-hand.ts';
import { everything, grantsOf, seenOf } from './grants.ts';
import { emptyWorld, worlds, writeWorld } from './world.ts';

export const today = '2026-11-30';
export const askedBy = (grant: Granted) => askedLinks(grant, { today, from: null, until: null });

/** Some of whom one leads to the other, and some where nobody does: at random they would be nearly all of either. */
function pairsOf(graph: Graph, ids: readonly string[], kinds: readonly LinkKind[]) {
  const all = ids.flatMap((one, at) =>
    [3, 8, 13].map((step) => [one, ids[(at * 5 + step) % ids.length] as string] as const),
  );
  const isWithin = (pair: readonly [string, string]) => (distance(graph, pair, kinds) ?? 5) <= 4;
  return [...all.filter(isWithin).slice(0, 6), ...all.filter((pair) => !isWithin(pair)).slice(0, 3)];
}

/** What the queries find is what going through all rows finds. */
export async function linksAreFound(t: Test, base: Base): Promise<void> {
  let chains = 0;
  await fc.assert(
    fc.asyncProperty(worlds, fc.boolean(), async (world, isByUnit) => {
      await emptyWorld(base);
      await writeWorld(base, world);
      const asked = askedBy(everything);
      const graph = graphOf(world, today);
      const ids = [...new Set(world.registro.map((row) => row.pessoa_id))];
      const kinds: readonly LinkKind[] = isByUnit ? [...chainKinds, 'unidade'] : chainKinds;
      await base.snapshot(async (questions) => {
        const people = await seenPeople(questions, asked.sight, ids);
        for (const person of people.values()) {
          const kindsOfAll = kindsOf(person.role);
          const all = await rankedBy(questions, kindsOfAll, person, 1000, asked);
          assert.deepEqual(
            all.map(({ kind }) => kind),
            kindsOfAll,
          );
          for (const { kind, ...found } of all) {
            const expected = [...(graph.get(person.id)?.get(kind) ?? [])].toSorted();
            assert.deepEqual(found.people.toSorted(), expected, `${kind} of ${person.id}`);
            assert.equal(found.total, expected.length);
            // A shared visitor is two steps.
            if (kind === 'comum') continue;
            const own = await registersOf(questions, asked, [person.id]);
            const reached = new Set(await reachFrom(questions, own, [kind], asked));
            reached.delete(person.id);
            assert.deepEqual([...reached].toSorted(), expected, `reach by ${kind} of ${person.id}`);
          }
        }
        for (const [one, other] of pairsOf(graph, ids, kinds)) {
          const { people: way, isWhole } = await chainBetween(questions, [one, other], kinds, asked);
          const steps = distance(graph, [one, other], kinds);
          assert.equal(way === null ? null : way.length - 1, steps !== null && steps <= 4 ? steps : null);
          if (isWhole) assert.equal(steps, null);
          if (way === null) continue;
          chains++;
          assert.deepEqual([way[0], way.at(-1)], [one, other]);
          for (const [place, id] of way.slice(1).entries()) {
            assert.ok(areLinked(graph, way[place] as string, id, kinds), 'each step is a link');
          }
        }
      });
    }),
    { numRuns: runs(4, 20), endOnFailure: true },
  );
  t.ok(chains > 10, `${chains} chains were found`);
}

/** A network in one base under a grant, and in another one that has only what the grant shows: the same. */
export async function hiddenIsNowhere(t: Test, whole: Base, reduced: Base): Promise<void> {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(worlds, grantsOf(), async (world, grant) => {
      await emptyWorld(whole);
      await emptyWorld(reduced);
      await writeWorld(whole, world);
      await writeWorld(reduced, seenOf(world, grant));
      const ids = [...new Set(world.registro.map((row) => row.pessoa_id))];
      const told = (base: Base, asked: AskedLinks) =>
        base.snapshot(async (questions) => {
          const people = await seenPeople(questions, asked.sight, ids);
          const networks = [];
          const seen = [...people.values()];
          for (const person of seen) {
            const opened = (
              await networkOf(questions, person, { kinds: allKinds, most: 5, opened: [] }, asked)
            ).middle.people;
            const wanted = { kinds: allKinds, most: 5, opened: opened.slice(0, 2).map(({ id }) => id) };
            networks.push(plain(await networkOf(questions, person, wanted, asked)));
          }
          const chains = [];
          for (const [at, person] of seen.entries()) {
            const ends = [person.id, seen[(at + 3) % seen.length]?.id ?? ''] as const;
            chains.push(await chainBetween(questions, ends, [...chainKinds, 'unidade'], asked));
          }
          return { people: [...people.values()], networks, chains };
        });
      const answer = await told(whole, askedBy(grant));
      assert.deepEqual(answer, await told(reduced, askedBy(everything)));
      shown += answer.networks.length;
    }),
    { numRuns: runs(4, 20), endOnFailure: true },
  );
  t.ok(shown > 10, `${shown} networks were compared`);
}

/** Maps as lists, so that what differs is told. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (one instanceof Map ? [...one] : one)));
}
