import assert from 'node:assert/strict';
import { asyncProperty, assert as check } from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import type { Births, Rule } from '../../central/treat/rules/rule.ts';
import { isLong } from '../support/runs.ts';
import { repeatable, seed } from './repeatable.ts';
import { differences, emptyNational, national } from './settled.ts';
import { type Event, histories } from './small-state/events.ts';
import { SmallState } from './small-state/small-state.ts';
import { sourceNames } from './small-state/values.ts';

/** Where there are three people, two are many of one birth. */
const ofFew: readonly Rule[] = rules.map((rule) =>
  rule.scope === 'births' ? { ...rule, broken: ({ people }: Births) => people > 1 } : rule,
);
const treated: Event = {
  kind: 'treat',
  sources: sourceNames,
  steps: null,
  full: false,
  first: 1000,
  beside: null,
};

/** Rows are cleaned in another way, and in the first again, each time of one source only; random histories seldom come to it. */
const examples: [readonly Event[]][] = [
  [
    [
      treated,
      { kind: 'cleaning', which: 1 },
      { ...treated, sources: ['SE'] },
      { ...treated, steps: 5 },
      { kind: 'cleaning', which: 0 },
      { ...treated, sources: ['AL'], steps: 9 },
      { kind: 'cleaning', which: 1 },
    ],
  ],
];

/** Random histories of a small state, each treated as it goes and from nothing: both come to the same. */
export async function asFromNothing(t: Test, base: Base, numRuns: number): Promise<void> {
  t.comment(`GUARITA_SEED=${seed}`);
  const property = asyncProperty(histories, async (history) => {
    const state = await SmallState.on(base, ofFew);
    for (const event of history) await state.happens(event);
    await requireAsFromNothing(base, state);
  });
  // The quick tier has one history, which is another one each time.
  const first = isLong && repeatable.path === undefined ? { examples } : {};
  await check(property, { numRuns, ...repeatable, ...first });
}

/** What is there once the last is treated is what a treatment from nothing makes of it. */
export async function requireAsFromNothing(base: Base, state: Pick<SmallState, 'treat'>): Promise<void> {
  await state.treat();
  const asItWent = await national(base);
  await emptyNational(base);
  // And in whichever order they come.
  await state.treat({ sources: sourceNames.toReversed() });
  assert.deepEqual(differences(asItWent, await national(base)), {});
}
