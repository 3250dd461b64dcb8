// Tier: quick. Random histories of a small state, each treated as it goes and from nothing, on PGlite.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { asFromNothing } from './incremental.ts';

t.setTimeout(1_800_000);
await t.test('what is treated day by day is what a treatment from nothing makes', async (t) => {
  const { shared } = await pgliteBases(t);
  await asFromNothing(t, shared, 4);
});
