import assert from 'node:assert/strict';
import { array, asyncProperty, assert as check, constantFrom } from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { isLong } from '../support/runs.ts';
import { repeatable, seed } from './repeatable.ts';
import { differences, national } from './settled.ts';
import type { RowName, Write } from './small-state/events.ts';
import { SmallState } from './small-state/small-state.ts';
import {
  columnsOf,
  ids,
  type SourceName,
  sourceNames,
  sources,
  type ViewName,
  valuesOf,
} from './small-state/values.ts';

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

const write = (source: SourceName, view: ViewName, id: string, column: string, value: string): Write => {
  const place = columnsOf(view).indexOf(column);
  return { kind: 'write', of: { source, view, id }, picks: [[place, valuesOf(view, column).indexOf(value)]] };
};
const remove = (source: SourceName, view: ViewName, id: string): Write => ({
  kind: 'remove',
  of: { source, view, id },
});

/**
 * Changes of which others than the row's own person hear, each way once; after each list all is looked at. In a list no
 * change has somebody looked at again of whom an earlier one should have.
 */
const telling: readonly (readonly Write[])[] = [
  // Who is in a unit, who is held in both states, to whom a link leads.
  [
    ...[write('AL', 'unidade', '2', 'sexo', 'M'), write('SE', 'custodia', '1', 'saida', '2026-11-20')],
    remove('AL', 'advogado', '3'),
  ],
  // Who visits under the same CPF, and under the same name; to whom another link leads.
  [write('AL', 'custodia', '1', 'saida', '2026-11-20'), remove('AL', 'visitante', '2')],
  // Who came from a unit, and was never held there.
  [remove('AL', 'unidade', '1')],
  // What the person of a register in the other state is made of.
  [write('SE', 'custodiado', '1', 'nome_mae', 'Maria da Silva'), remove('SE', 'custodiado', '1')],
];

/** Looking at all costs a second of the processor: the quick tier has every other list, which ones by its seed. */
const told = telling.filter((_, at) => isLong || at % 2 === seed % 2);

/** How many random changes are treated, each by itself, before all is looked at again. */
const between = 4;

/**
 * Changes that each are treated by themselves leave nothing for a full treatment to find: whoever looks at a row looks
 * again. What random histories change much of at once hides where a single one is missed.
 */
export async function eachChange(t: Test, base: Base, many: number): Promise<void> {
  t.comment(`GUARITA_SEED=${seed}`);
  const property = asyncProperty(
    array(constantFrom(...changes), { minLength: many, maxLength: many }),
    async (random) => {
      const state = await SmallState.on(base, rules);
      await state.treat();
      const lists = Array.from({ length: Math.ceil(random.length / between) }, (_, at) =>
        random.slice(at * between, (at + 1) * between),
      );
      for (const list of [...told, ...lists]) {
        for (const change of list) {
          await state.happens(change);
          await state.treat({ sources: [change.of.source] });
        }
        await state.treat();
        const asItWent = await national(base);
        await state.treat({ full: true });
        assert.deepEqual(differences(asItWent, await national(base)), {}, JSON.stringify(list));
      }
    },
  );
  await check(property, { numRuns: 1, ...repeatable });
}
