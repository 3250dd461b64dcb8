import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { Test } from 'tap';
import { centralDatabase, testFolder } from '../../support/bases.ts';
import { deferred, until } from '../../support/deferred.ts';
import { collected, testCentral, testState } from '../../support/deployment.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { loadsOf, sameAsSource, sameChanges, storedRows } from '../../support/stored-rows.ts';

export async function crashes(t: Test, server: TestPostgres): Promise<void> {
  /** Real processes, ended as a power cut would end them. Nothing may be lost (invariant 3), nothing doubled (4). */

  await t.test('C1, C2 central is killed when the base has a page and the checkpoint has not', async (t) => {
    const folder = testFolder(t);
    const { name, base, url } = await centralDatabase(t, server, 'between');
    const state = await testState(t, folder, 'AL', 2500);
    const central = await testCentral(t, folder, 'central', { states: [state], base: url });
    t.match(await collected(t, central.collectHere()), { new: 2500 });
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
    const again = await collected(t, central.collectHere());
    t.ok(again.unchanged > 0, `${again.unchanged} rows of the page were there already`);
    t.ok(again.changed > 0, 'and the rest were not');
    const stored = await storedRows(base, 'AL');
    sameAsSource(t, stored, state);
    sameChanges(t, afterKill, stored);
  });
}
