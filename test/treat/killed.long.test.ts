// Tier: long. A process that treats is killed after each number of steps, on PostgreSQL.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { killedAnywhere } from './killed/everywhere.ts';

t.setTimeout(1_800_000);

await t.test('PostgreSQL', async (t) => {
  const server = await testPostgres(t);
  const { shared: base } = await postgresBases(t, server);
  const where = `postgres://postgres@127.0.0.1:${server.port}/base_shared`;
  await killedAnywhere(t, async () => ({ base, where, close: async () => undefined }), 4);
});
