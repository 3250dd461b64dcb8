import { join } from 'node:path';
import t, { type Test } from 'tap';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { openPostgresBase, testFolder } from '../support/bases.ts';
import { deferred, until } from '../support/deferred.ts';
import { collected, testCentral, testState } from '../support/deployment.ts';
import { testPostgres } from '../support/postgres.ts';
import { loadsOf, sameAsSource, sameChanges, storedRows } from '../support/stored-rows.ts';
import { type Look, survives } from '../support/survives.ts';

/** Real processes, ended as a power cut would end them. Nothing may be lost (invariant 3), nothing doubled (4). */
const server = await testPostgres(t);
const rows = 20_000;

/** A database of the server, its address for central, and the base for the test to look into. */
async function database(t: Test, name: string) {
  await server.admin(`CREATE DATABASE ${name}`);
  const base = openPostgresBase(server, name);
  t.teardown(() => base.close());
  return { name, base, url: `postgres://postgres@127.0.0.1:${server.port}/${name}` };
}

void t.test('C1, C2 central is killed when the base has a page and the checkpoint has not', async (t) => {
  const folder = testFolder(t);
  const { name, base, url } = await database(t, 'between');
  const state = await testState(t, folder, 'AL', 6000);
  const central = await testCentral(t, folder, 'central', { states: [state], base: url });
  t.match(await collected(t, central.collect()), { new: 6000 });
  state.change(1, 3, 100);
  const loads = await loadsOf(base, 'AL');

  // The table takes no writes, so the first page waits in the base; the request for the second is held on the line.
  const gate = new Client({ connectionString: server.url(name) });
  await gate.connect();
  await gate.query('BEGIN; LOCK TABLE fonte_al.custodiado IN SHARE MODE');
  let requests = 0;
  const second = deferred();
  state.proxy.beforeRequest = (request) => {
    if (!request.includes('/rows') || ++requests < 2) return undefined;
    second.resolve();
    return new Promise<void>(() => undefined);
  };
  const killed = central.collect();
  await second.promise;
  await until('the page waits in the base', async () => {
    const { rows } = await gate.query('SELECT FROM pg_locks WHERE NOT granted');
    return rows.length > 0;
  });
  // From here on central can write nothing of its own: its receipt is written, its checkpoint never will be.
  const stateFile = new Database(join(central.folder, 'central.sqlite'), { timeout: 10_000 });
  stateFile.exec('BEGIN IMMEDIATE');
  await gate.query('ROLLBACK');
  await gate.end();
  await until('the page is in the base', async () => (await loadsOf(base, 'AL')) === loads + 1);
  killed.child.kill('SIGKILL');
  await killed.ended;
  stateFile.exec('ROLLBACK');
  stateFile.close();
  state.proxy.cut();
  state.proxy.reset();

  t.match(central.checkpoint('AL'), { loads }, 'the checkpoint is behind the base, never ahead');
  const afterKill = await storedRows(base, 'AL');
  const again = await collected(t, central.collect());
  t.ok(again.unchanged > 0, `${again.unchanged} rows of the page were there already`);
  t.ok(again.changed > 0, 'and the rest were not');
  const stored = await storedRows(base, 'AL');
  sameAsSource(t, stored, state);
  sameChanges(t, afterKill, stored);
});

void t.test('central is killed at random, again and again, wherever that finds it', async (t) => {
  const folder = testFolder(t);
  const { name, base, url } = await database(t, 'killed');
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
  const { base, url } = await database(t, 'agent_killed');
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
