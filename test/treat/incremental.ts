import assert from 'node:assert/strict';
import { asyncProperty, assert as check } from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import type { Births, Rule } from '../../central/treat/rules/rule.ts';
import { emptyNational, national } from './settled.ts';
import { histories } from './small-state/events.ts';
import { SmallState } from './small-state/small-state.ts';
import { sourceNames } from './small-state/values.ts';

/** The seed that a failure is told with, and the path of fast-check to it: they repeat a case. */
const seed = Number(process.env['GUARITA_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const path = process.env['GUARITA_PATH'];

/** Where there are three people, two are many of one birth. */
const ofFew: readonly Rule[] = rules.map((rule) =>
  rule.scope === 'births' ? { ...rule, broken: ({ people }: Births) => people > 1 } : rule,
);

type Made = Awaited<ReturnType<typeof national>>;

/** Random histories of a small state, each treated as it goes and from nothing: both come to the same. */
export async function asFromNothing(t: Test, base: Base, numRuns: number): Promise<void> {
  t.comment(`GUARITA_SEED=${seed}`);
  const property = asyncProperty(histories, async (history) => {
    const state = await SmallState.on(base, ofFew);
    for (const event of history) await state.happens(event);
    await requireAsFromNothing(base, state);
  });
  await check(property, {
    numRuns,
    seed,
    endOnFailure: path === undefined,
    ...(path === undefined ? {} : { path }),
  });
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

/** By table, what only one of the two has. */
function differences(asItWent: Made, fromNothing: Made) {
  const only = (one: Made, other: Made, table: string) => {
    const known = new Set((other[table] ?? []).map((row) => JSON.stringify(row)));
    return (one[table] ?? []).map((row) => JSON.stringify(row)).filter((row) => !known.has(row));
  };
  const each = Object.keys(asItWent).map((table) => {
    return [
      table,
      { asItWent: only(asItWent, fromNothing, table), fromNothing: only(fromNothing, asItWent, table) },
    ] as const;
  });
  return Object.fromEntries(each.filter(([, one]) => one.asItWent.length + one.fromNothing.length > 0));
}
