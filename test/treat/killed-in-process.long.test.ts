// Tier: long. A process that treats is killed after each number of steps, on PGlite.
import { join } from 'node:path';
import t from 'tap';
import { migrateBase } from '../../central/base/migrate.ts';
import { PGliteBase } from '../../central/base/pglite.ts';
import { testFolder } from '../support/bases.ts';
import { killedAnywhere } from './killed/everywhere.ts';

t.setTimeout(1_800_000);

await t.test('PGlite', async (t) => {
  const where = join(testFolder(t), 'base');
  await killedAnywhere(t, async () => {
    const base = await PGliteBase.open(where);
    await migrateBase(base);
    return { base, where, close: () => base.close() };
  });
});
