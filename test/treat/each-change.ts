import assert from 'node:assert/strict';
import { array, asyncProperty, assert as check, constantFrom } from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { repeatable, seed } from './repeatable.ts';
import { differences, national } from './settled.ts';
import type { RowName, Write } from './small-state/events.ts';
import { SmallState } from './small-state/small-state.ts';
import { columnsOf, ids, sourceNames, sources, type ViewName, valuesOf } from './small-state/values.ts';

const rows: readonly RowName[] = sourceNames.flatMap((source) =>
  sources[source].flatMap((view: ViewName) => ids.map((id) => ({ source, view, id }))),
);

/** Each thing that may become of a row: it goes, or one of its columns holds something else (and it is back). */
const changes: readonly Write[] = rows.flatMap((of): Write[] => [
  { kind: 'remove', of },
  ...columnsOf(of.view).flatMap((column, place) =>
    Array.from(
      { length: valuesOf(of.view, column).length + 1 },
      (_, pick): Write => ({ kind: 'write', of, picks: [[place, pick]] }),
    ),
  ),
]);

/** How many changes are treated, each by itself, before all is looked at again. */
const between = 4;

/**
 * Changes that each are treated by themselves leave nothing for a full treatment to find: whoever looks at a row looks
 * again. What random histories change much of at once hides where a single one is missed.
 */
export async function eachChange(
  t: Test,
  base: Base,
  many: number,
  first: readonly Write[] = [],
): Promise<void> {
  t.comment(`GUARITA_SEED=${seed}`);
  const property = asyncProperty(
    array(constantFrom(...changes), { minLength: many, maxLength: many }),
    async (random) => {
      const state = await SmallState.on(base, rules);
      await state.treat();
      const all = [...first, ...random];
      for (let at = 0; at < all.length; at += between) {
        const some = all.slice(at, at + between);
        for (const change of some) {
          await state.happens(change);
          await state.treat({ sources: [change.of.source] });
        }
        await state.treat();
        const asItWent = await national(base);
        await state.treat({ full: true });
        assert.deepEqual(differences(asItWent, await national(base)), {}, JSON.stringify(some));
      }
    },
  );
  await check(property, { numRuns: 1, ...repeatable });
}
