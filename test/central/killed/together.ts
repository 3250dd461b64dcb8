import type { Test } from 'tap';
import { centralDatabase, testFolder } from '../../support/bases.ts';
import { collected, sourcesOf, testCentral, testState } from '../../support/deployment.ts';
import { hold } from '../../support/hold-pages.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { sameAsSource, storedRows } from '../../support/stored-rows.ts';

/** More than the four pages that are loaded before it is stopped. */
const rows = 6000;

export async function together(t: Test, server: TestPostgres): Promise<void> {
  await t.test(
    'SIGTERM in mid-collection: it ends, says what it did, and the next run goes on',
    async (t) => {
      const folder = testFolder(t);
      const { base, url } = await centralDatabase(t, server, 'stopped');
      const state = await testState(t, folder, 'AL', rows);
      const central = await testCentral(t, folder, 'central', { states: [state], base: url });
      const { held, release } = hold(state, 5);
      const stopped = central.collect();
      await held;
      stopped.child.kill('SIGTERM');
      const { code, output, errors } = await stopped.ended;
      t.equal(code, 1, 'it did not complete');
      t.equal(errors, '');
      const [source] = sourcesOf(output);
      t.match(source, { outcome: 'stopped', problem: null, views: [{ outcome: 'stopped', rows: Number }] });
      const { rows: loaded = 0 } = source?.views[0] ?? {};
      t.ok(loaded > 0 && loaded < rows, `${loaded} rows were loaded before`);
      t.equal((await storedRows(base, 'AL')).size, loaded, 'as many as it says');
      release();
      state.proxy.cut();
      state.proxy.reset();
      t.match(
        await collected(t, central.collectHere()),
        { rows: rows - loaded, new: rows - loaded },
        'not one was read twice',
      );
      sameAsSource(t, await storedRows(base, 'AL'), state);
    },
  );
}
