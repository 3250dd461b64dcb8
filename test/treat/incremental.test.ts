// Tier: quick. Random histories of a small state, each treated as it goes and from nothing, on PGlite.
import t from 'tap';
import { rules } from '../../central/treat/rules/all.ts';
import { pgliteBases } from '../support/bases.ts';
import { asFromNothing, requireAsFromNothing } from './incremental.ts';
import { SmallState } from './small-state/small-state.ts';

t.setTimeout(1_800_000);
const { shared } = await pgliteBases(t);

await t.test('what is treated day by day is what a treatment from nothing makes', async (t) => {
  await asFromNothing(t, shared, 4);
});

await t.test('what a row was before the end of a step is kept, where it moved again after it', async () => {
  const state = await SmallState.on(shared, rules);
  await state.treat();
  for (const [id, pick] of [
    ['1', 2],
    ['2', 4],
    ['1', 4],
  ] as const) {
    await state.happens({ kind: 'write', view: 'custodiado', id, picks: [[0, pick]] });
  }
  await state.treat({ first: 1 });
  await requireAsFromNothing(shared, state);
});
