// Tier: long. Several central processes at once, each through whole collections.
import t from 'tap';
import { freePort } from '../../scripts/demo/processes.ts';
import { centralDatabase, testFolder } from '../support/bases.ts';
import { collected, sourcesOf, testCentral, testState } from '../support/deployment.ts';
import { hold } from '../support/hold-pages.ts';
import { testPostgres } from '../support/postgres.ts';
import { sameAsSource, sameChanges, storedRows } from '../support/stored-rows.ts';

const server = await testPostgres(t);

/** Begun first and looked at last: central tries the one that is down for as long as the other tests take. */
const oneDown = (async () => {
  const folder = testFolder(t);
  const { base, url } = await centralDatabase(t, server, 'one_down');
  const up = await testState(t, folder, 'AL', 3000);
  const down = await testState(t, folder, 'RO', 10);
  const urls = { RO: `http://127.0.0.1:${await freePort()}` };
  const central = await testCentral(t, folder, 'central', { states: [up, down], base: url, urls });
  return { up, base, run: central.collect() };
})();

void t.test('a second central on the same folder is refused, the first goes on', async (t) => {
  const folder = testFolder(t);
  const { base, url } = await centralDatabase(t, server, 'same_folder');
  const state = await testState(t, folder, 'AL', 3000);
  const central = await testCentral(t, folder, 'central', { states: [state], base: url });
  const { held, release } = hold(state, 2);
  const first = central.collect();
  await held;
  const second = await central.collect().ended;
  t.equal(second.code, 1);
  t.match(second.errors, '[central-running]');
  release();
  t.match(await collected(t, first), { new: 3000 });
  sameAsSource(t, await storedRows(base, 'AL'), state);
  t.match(await collected(t, central.collect()), { new: 0, changed: 0 }, 'free again when it has ended');
});

void t.test(
  'two centrals with folders of their own on one base: nothing is lost, nothing doubled',
  async (t) => {
    const folder = testFolder(t);
    const { base, url } = await centralDatabase(t, server, 'two_folders');
    const state = await testState(t, folder, 'AL', 6000);
    const options = { states: [state], base: url };
    const one = await testCentral(t, folder, 'one', options);
    const centrals = [one, await testCentral(t, folder, 'two', { ...options, twinOf: one })];
    const { held, release } = hold(state, 1, 2);
    const runs = centrals.map((central) => central.collect());
    await held;
    release();
    for (const { ended } of runs) {
      const { code, output, errors } = await ended;
      t.equal(errors, '');
      const [source] = sourcesOf(output);
      t.ok(
        code === 0 || source?.problem === 'source-busy',
        `ended with ${code}, ${source?.problem ?? 'no problem'}`,
      );
    }
    const stored = await storedRows(base, 'AL');
    sameAsSource(t, stored, state);
    for (const central of centrals) t.match(await collected(t, central.collect()), { new: 0, changed: 0 });
    sameChanges(t, stored, await storedRows(base, 'AL'));
  },
);

void t.test('one source is down: the other completes, and the exit code tells', async (t) => {
  const { up, base, run } = await oneDown;
  const { code, output, errors } = await run.ended;
  t.equal(code, 1);
  t.equal(errors, '');
  t.match(sourcesOf(output), [
    { source: 'AL', outcome: 'complete', problem: null, views: [{ new: 3000 }] },
    { source: 'RO', outcome: 'failed', problem: 'agent-unreachable', views: [] },
  ]);
  sameAsSource(t, await storedRows(base, 'AL'), up);
});
