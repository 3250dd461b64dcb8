// Tier: long. Crashes of real processes at random, again and again, of a base in that very process.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { PGliteBase } from '../../central/base/pglite.ts';
import { pgliteTemplate, testFolder } from '../support/bases.ts';
import { testCentral, testState } from '../support/deployment.ts';
import { type Look, survives } from '../support/survives.ts';

/** As `killed/crash.ts`, with the base in the very process that is killed. */
void t.test('central is killed at random, and its base with it', async (t) => {
  const folder = testFolder(t);
  const state = await testState(t, folder, 'AL', 8000);
  const central = await testCentral(t, folder, 'central', { states: [state] });
  const data = join(central.folder, 'base');
  cpSync(await pgliteTemplate(), data, { recursive: true });
  const look: Look = async (work) => {
    const base = await PGliteBase.open(data);
    try {
      return await work(base);
    } finally {
      await base.close();
    }
  };
  await survives(t, { state, central, look, kills: 2, mostBytes: 200_000 });
});
