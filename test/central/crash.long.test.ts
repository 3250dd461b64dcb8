// Tier: long. Crashes of real processes at random, again and again.
import t from 'tap';
import { centralDatabase, testFolder } from '../support/bases.ts';
import { deferred, until } from '../support/deferred.ts';
import { collected, testCentral, testState } from '../support/deployment.ts';
import { testPostgres } from '../support/postgres.ts';
import { sameAsSource, storedRows } from '../support/stored-rows.ts';
import { type Look, survives } from '../support/survives.ts';

/** Real processes, ended as a power cut would end them. Nothing may be lost (invariant 3), nothing doubled (4). */
const server = await testPostgres(t);

const rows = 20_000;

void t.test('central is killed at random, again and again, wherever that finds it', async (t) => {
  const folder = testFolder(t);
  const { name, base, url } = await centralDatabase(t, server, 'killed');
  const state = await testState(t, folder, 'AL', rows);
  const central = await testCentral(t, folder, 'central', { states: [state], base: url });
  const look: Look = async (work) => {
    // What the killed one had sent, its server process finishes or takes back by itself.
    await until('the killed one has left the base', async () => {
      const left = await server.admin(
        `SELECT FROM pg_stat_activity WHERE datname = '${name}' AND state <> 'idle' AND pid <> pg_backend_pid()`,
      );
      return left.length === 0;
    });
    return work(base);
  };
  await survives(t, { state, central, look, kills: 6, mostBytes: 260_000 });
});

void t.test('the agent is killed in mid-page and comes back while central tries again', async (t) => {
  const folder = testFolder(t);
  const { base, url } = await centralDatabase(t, server, 'agent_killed');
  const state = await testState(t, folder, 'AL', rows);
  const central = await testCentral(t, folder, 'central', { states: [state], base: url });
  const inMidPage = deferred();
  let killed = false;
  state.proxy.onReceived = (total) => {
    if (total < 300_000 || killed) return;
    killed = true;
    state.agent().child.kill('SIGKILL');
    state.proxy.cut();
    inMidPage.resolve();
  };
  const run = central.collect();
  await inMidPage.promise;
  await state.kill();
  await state.start();
  const view = await collected(t, run);
  t.match(view, { rows, new: rows }, 'no page was read twice for it');
  sameAsSource(t, await storedRows(base, 'AL'), state);
});
