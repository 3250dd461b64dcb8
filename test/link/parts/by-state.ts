import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, integer, property, record } from 'fast-check';
import type { Test } from 'tap';
import type { Measured } from '../../../central/treat/link/evaluate/evaluate.ts';
import { evaluateByState, type FoundInBase } from '../../../central/treat/linking/evaluate-base.ts';

/** Who is of which state, put into which group, and is who. */
const anyRegisters = array(
  record({
    state: constantFrom('AL', 'MS', 'RO'),
    group: integer({ min: 0, max: 3 }),
    owner: integer({ min: 0, max: 3 }),
  }),
  { maxLength: 9 },
);
const anyAsked = array(
  record({ a: integer({ min: 0, max: 8 }), b: integer({ min: 0, max: 8 }) }).filter(({ a, b }) => a < b),
  { maxLength: 4 },
);

export async function byState(t: Test): Promise<void> {
  const foundOf = (states: readonly string[], groupOf: readonly number[]): FoundInBase => ({
    ...{ groupOf, asked: [], sources: states, placeOf: new Map() },
  });
  const shares = ({ pairs, registers }: Measured) => [
    ...[pairs.precision.share, pairs.precision.of, pairs.recall.share, pairs.recall.of],
    ...[registers?.precision.share, registers?.recall.share],
  ];

  await t.test('an error across states is one of each of them', (t) => {
    // AL1 and RO1 are two people and were put together; AL2 and RO2 are one and were not. Who is of MS is alone.
    const found = foundOf(['AL', 'RO', 'AL', 'RO', 'MS'], [0, 0, 2, 3, 4]);
    const { all, states } = evaluateByState(found, {
      of: 'registers',
      ownerOf: [0, 1, 2, 2, 3],
    });
    t.strictSame(shares(all.automatic), [0, 1, 0, 1, 0.8, 0.8]);
    t.strictSame(Object.keys(states), ['AL', 'MS', 'RO']);
    for (const state of ['AL', 'RO']) {
      const evaluation = states[state];
      t.equal(evaluation?.known, 2, 'its own');
      if (evaluation) t.strictSame(shares(evaluation.automatic), [0, 1, 0, 1, 0.75, 0.75]);
    }
    if (states['MS']) t.strictSame(shares(states['MS'].automatic), [1, 0, 1, 0, 1, 1]);
    t.end();
  });

  await t.test('whose registers are says the same of each state as all their pairs', (t) => {
    check(
      property(anyRegisters, anyAsked, (registers, asked) => {
        const found = {
          ...foundOf(
            registers.map(({ state }) => state),
            registers.map(({ group }) => group),
          ),
          asked: asked
            .filter(({ b }) => b < registers.length)
            .map(({ a, b }): readonly [number, number] => [a, b]),
        };
        const ownerOf = registers.map(({ owner }) => owner);
        const pairs = registers.flatMap(({ owner }, a) =>
          registers.slice(a + 1).map((other, at) => ({ a, b: a + 1 + at, same: owner === other.owner })),
        );
        const [byOwner, byPair] = [
          evaluateByState(found, { of: 'registers', ownerOf }),
          evaluateByState(found, { of: 'pairs', pairs }),
        ];
        // But for the intervals: of pairs alone nobody knows whose the others are.
        const counted = ({ pairs: { precision, recall } }: Measured) => [
          ...[precision.share, precision.of, recall.share, recall.of],
        ];
        assert.deepEqual(counted(byOwner.all.automatic), counted(byPair.all.automatic));
        for (const [state, { automatic, withReview }] of Object.entries(byPair.states)) {
          const owned = byOwner.states[state];
          assert.ok(owned !== undefined);
          assert.deepEqual(counted(owned.automatic), counted(automatic));
          assert.deepEqual(counted(owned.withReview), counted(withReview));
        }
      }),
      { numRuns: 200 },
    );
    t.end();
  });
}
