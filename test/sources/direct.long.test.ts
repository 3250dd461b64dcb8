// Tier: long. The contract a second time, read by central itself (rule 1): repeats, for what lies between.
import t from 'tap';
import { usualRows, viewSourceContract } from '../contracts/view-source.ts';
import { directHarness } from '../support/direct-harness.ts';
import { testPostgres } from '../support/postgres.ts';
import { postgresHarness } from '../support/postgres-harness.ts';
import { sqliteHarness } from '../support/sqlite-harness.ts';

await t.test('contract, SQLite read by central', async (t) => {
  await viewSourceContract(t, await directHarness(t, sqliteHarness(t)));
});

await t.test('contract, PostgreSQL read by central', async (t) => {
  const server = await testPostgres(t);
  await usualRows(t, await directHarness(t, await postgresHarness(t, server, { database: 'estado' })));
});
