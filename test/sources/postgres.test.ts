// Tier: quick. What is of this engine alone, on a PostgreSQL of its own.
import t from 'tap';
import { testPostgres } from '../support/postgres.ts';
import { postgresHarness } from '../support/postgres-harness.ts';
import { readPage } from '../support/read-cycle.ts';
import { connections } from './postgres/connections.ts';
import { encodings } from './postgres/encodings.ts';
import { interruptions } from './postgres/interruptions.ts';
import { plans } from './postgres/plans.ts';
import { readOnly } from './postgres/read-only.ts';
import { types } from './postgres/types.ts';

const server = await testPostgres(t);

await t.test('encodings', (t) => encodings(t, server));
await t.test('types', (t) => types(t, server));
await t.test('read-only', (t) => readOnly(t, server));
await t.test('connections', (t) => connections(t, server));
await t.test('interruptions', (t) => interruptions(t, server));
await t.test('plans', (t) => plans(t, server));

await t.test('a user from whom the functions are kept that tell servers apart', async (t) => {
  const harness = await postgresHarness(t, server, { database: 'reservada' });
  await harness.execute(`CREATE TABLE v (id int, mark timestamptz); INSERT INTO v VALUES (1, '2020-01-01');
    REVOKE EXECUTE ON FUNCTION pg_control_system(), pg_control_checkpoint() FROM PUBLIC`);
  const source = await harness.open(t, { views: [{ name: 'v', key: ['id'], watermark: 'mark' }] });
  t.equal((await readPage(source, 'v', { after: null, until: null })).rows, 1);
});

await t.test('T15: a database that was made anew has another epoch', async (t) => {
  const views = [{ name: 'v', key: ['id'], watermark: 'mark' }];
  const cursors: string[] = [];
  const firstPage = (after: string | null) =>
    t.test('a database of that name', async (t) => {
      const harness = await postgresHarness(t, server, { database: 'historia' });
      await harness.execute('CREATE TABLE v (id int, mark timestamptz)');
      const source = await harness.open(t, { views });
      if (after !== null)
        await t.rejects(source.page('v', { after, until: null }), { code: 'epoch-changed' });
      cursors.push((await readPage(source, 'v', { after: null, until: null })).next);
    });
  await firstPage(null);
  await server.admin('ALTER DATABASE historia RENAME TO historia_antiga');
  await firstPage(cursors[0] ?? null);
  t.equal(cursors.length, 2);
});
