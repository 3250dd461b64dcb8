// Tier: long. As `in-base.test.ts`, with three times the cases, on both bases.
import t from 'tap';
import { pgliteBases, postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { inBase } from './in-base.ts';

await t.test('PGlite', (t) => inBase(t, pgliteBases));
await t.test('PostgreSQL', async (t) => {
  const server = await testPostgres(t);
  await inBase(t, (t, half) => postgresBases(t, server, half));
});
