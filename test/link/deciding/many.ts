import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, integer, property, record } from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { verifyLinks } from '../../../central/base/decided-layer/link-chain.ts';
import { allDecisions } from '../../../central/base/decided-layer/link-decisions.ts';
import { decideLinks } from '../../../central/base/national-layer/decide-links.ts';
import { type StandingLink, StandingLinks } from '../../../central/base/national-layer/standing-links.ts';
import { linksOf } from '../../../central/treat/link/cluster/links.ts';
import { addRegisters, author } from './registers.ts';

const registers = 9;
const said = record({
  ...{ one: integer({ min: 0, max: registers - 1 }), other: integer({ min: 0, max: registers - 1 }) },
  says: constantFrom<StandingLink['says']>('same', 'same', 'distinct', 'unsure'),
}).filter(({ one, other }) => one !== other);

function areOne(same: readonly Pick<StandingLink, 'a' | 'b'>[], one: string, other: string): boolean {
  const reached = new Set([one]);
  for (const register of reached) {
    for (const { a, b } of same) {
      if (a === register) reached.add(b);
      if (b === register) reached.add(a);
    }
  }
  return reached.has(other);
}

/** Decisions that contradict each other, in any number. */
export function contradictions(t: Test): void {
  check(
    property(array(said, { maxLength: 40 }), (all) => {
      const standing = new StandingLinks();
      const recorded: StandingLink[] = [];
      for (const [at, { one, other, says }] of all.entries()) {
        const [a, b] = [`r${Math.min(one, other)}`, `r${Math.max(one, other)}`];
        const mayMerge = (one % 4 === 0) === (other % 4 === 0);
        const link = { a, b, says, mayMerge, number: at + 1 };
        const found = standing.standing(link);
        if (found === 'new') {
          standing.add(link);
          recorded.push(link);
          continue;
        }
        const named = recorded.find(
          ({ number }) => number === ('known' in found ? found.known : found.against),
        );
        assert.ok(named, 'it names what stands');
        if ('known' in found) assert.equal(named.says, says);
        else if (named.a !== a || named.b !== b) {
          const sames = recorded.filter((each) => each.says === 'same' && each.mayMerge);
          const until = (number: number) => sames.filter((each) => each.number < number);
          if (says === 'same') {
            assert.equal(named.says, 'distinct');
            assert.ok(!areOne(sames, named.a, named.b) && areOne([...sames, link], named.a, named.b));
          } else {
            assert.equal(named.says, 'same');
            assert.ok(!areOne(until(named.number), a, b) && areOne(until(named.number + 1), a, b));
          }
        }
      }
      const lasts = new Map(recorded.map((link) => [`${link.a} ${link.b}`, link]));
      const decisions = [...lasts.values()].flatMap(({ number, a, b, says, mayMerge }) =>
        says === 'unsure' || !mayMerge ? [] : [{ id: number, a, b, says }],
      );
      const { contradictions } = linksOf(
        decisions,
        (id) => Number(id.slice(1)),
        () => true,
      );
      assert.deepEqual(contradictions, [], 'what was recorded contradicts itself nowhere');
    }),
    { numRuns: 300 },
  );
  t.end();
}

/** Ten thousand of them at once: each is answered, none is taken, and it stays a matter of a moment. */
export async function tenThousand(t: Test, base: Base): Promise<void> {
  const count = 5001;
  const ids = await addRegisters(
    base,
    Array.from({ length: count }, (_, at) => ({ source: 'TO', id: `many ${at}` })),
  );
  const at = (place: number) => ids[place] ?? '';
  const before = await base.snapshot((questions) => verifyLinks(questions));
  const same = Array.from({ length: count - 1 }, (_, place) => ({
    ...{ ...author, a: at(place), b: at(place + 1), says: 'same' as const },
  }));
  const made = await base.transaction((tx) => decideLinks(tx, same));
  t.ok(made.every(({ outcome }) => outcome === 'recorded'));
  // Each parts what is one person by what was just said.
  const distinct = Array.from({ length: 10_000 }, (_, place) => ({
    ...{ ...author, a: at(place % 2000), b: at(2000 + ((place * 7) % 3000)), says: 'distinct' as const },
  }));
  const refused = await base.transaction((tx) => decideLinks(tx, distinct));
  t.ok(refused.every(({ outcome }) => outcome === 'against'));
  const after = await base.snapshot((questions) => verifyLinks(questions, before.last));
  t.match(after, { rows: before.rows + count - 1, faults: [] });
  const standing = await base.snapshot((questions) => allDecisions(questions));
  t.equal(standing.filter(({ says }) => says === 'same').length >= count - 1, true);
}
