import { join } from 'node:path';
import { Client } from 'pg';
import type { Test } from 'tap';
import { query } from '../../support/bases.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { until } from '../../support/deferred.ts';
import { must } from '../../support/enrolled.ts';
import { type TestPostgres, testPassword } from '../../support/postgres.ts';
import { spawnProgram } from '../../support/program-process.ts';
import { loadsOf } from '../../support/stored-rows.ts';
import { directScene } from './scene.ts';
import { postgresState } from './states.ts';

const rows = 20_000;

export async function killed(t: Test, makeBase: MakeCommandBase, server: TestPostgres): Promise<void> {
  const makeState = (name: string) => postgresState(server, name);
  const { central, add, base, database, folder } = await directScene(t, makeBase, makeState, 'morta');
  // Lines of a kilobyte, so that there are many pages.
  await database.run(`DELETE FROM advogado; INSERT INTO advogado (id, nome, atualizado_em)
    SELECT i, repeat(md5(i::text), 32), '2026-01-01Z'::timestamptz + i * interval '1 second'
      FROM generate_series(1, ${rows}) AS i`);
  must(await add());
  const opened = await base.open();
  const gate = new Client({ connectionString: server.url('morta') });
  await gate.connect();
  t.teardown(() => gate.end());

  const environment = { BASE_PASSWORD: testPassword, ...database.environment };
  const config = join(folder, 'central.yaml');
  const process = spawnProgram(t, 'central', ['-c', config, 'collect', 'AL'], environment);
  await until('a page is in the base', async () => (await loadsOf(opened, 'AL')) > 0);
  // From here on no question is answered.
  await gate.query('BEGIN; LOCK TABLE advogado IN ACCESS EXCLUSIVE MODE');
  process.child.kill('SIGKILL');
  await process.ended;
  await gate.query('ROLLBACK');
  const stored = async () => {
    const [row] = await query<{ count: number }>(opened, 'SELECT count(*)::int FROM fonte_al.advogado');
    return row?.count ?? 0;
  };
  const before = await stored();
  t.ok(before > 0 && before < rows, `${before} of ${rows} rows were loaded before the kill`);

  const again = must(await central('collect', '--json'));
  t.match(JSON.parse(again.output), [{ outcome: 'complete', views: [{ new: rows - before, changed: 0 }] }]);
  t.equal(await stored(), rows, 'none is missing, none is twice');
  const third = must(await central('collect', '--json'));
  t.match(JSON.parse(third.output), [{ outcome: 'complete', views: [{ new: 0, changed: 0 }] }]);
  const reconciled = must(await central('reconcile', '--json'));
  t.match(JSON.parse(reconciled.output), [
    { views: [{}, { kind: 'reconcile', new: 0, changed: 0, removed: 0 }] },
  ]);
  t.match(must(await central('receipts', 'verify', 'AL')).output, /íntegras/, 'the chain goes on');
}
