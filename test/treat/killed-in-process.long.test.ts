// Tier: long. A process that treats is killed after numbers of steps, on PGlite: fewer than on PostgreSQL, of one code.
import { join } from 'node:path';
import t from 'tap';
import { migrateBase } from '../../central/base/migrate.ts';
import { PGliteBase } from '../../central/base/pglite.ts';
import { testFolder } from '../support/bases.ts';
import { killedAnywhere } from './killed/everywhere.ts';

t.setTimeout(1_800_000);

await t.test('PGlite', async (t) => {
  const where = join(testFolder(t), 'base');
  const open = async () => {
    const base = await PGliteBase.open(where);
    await migrateBase(base);
    return { base, where, close: () => base.close() };
  };
  await killedAnywhere(t, open, 12);
});
