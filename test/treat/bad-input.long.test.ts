// Tier: long. Any text in any column of any view is treated, on PGlite.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { anythingEverywhere } from './bad-input/values.ts';

t.setTimeout(1_800_000);
await t.test('any text in any column', async (t) => {
  const { shared } = await pgliteBases(t);
  await anythingEverywhere(shared, 'AL', 20);
});
