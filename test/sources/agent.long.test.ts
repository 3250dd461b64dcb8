// Tier: long. The contract a second time, behind an agent: repeats, for what lies between.
import t from 'tap';
import { undecodable } from '../contracts/view-source/undecodable.ts';
import { usualRows, viewSourceContract } from '../contracts/view-source.ts';
import { agentHarness } from '../support/agent-harness.ts';
import { testPostgres } from '../support/postgres.ts';
import { postgresHarness } from '../support/postgres-harness.ts';
import { sqliteHarness } from '../support/sqlite-harness.ts';

await t.test('contract, SQLite behind the agent', async (t) => {
  await viewSourceContract(t, await agentHarness(t, sqliteHarness(t)));
});

await t.test('contract, PostgreSQL behind the agent', async (t) => {
  const server = await testPostgres(t);
  await usualRows(t, await agentHarness(t, await postgresHarness(t, server, { database: 'estado' })));
  await t.test('T13: a WIN1252 database', async (t) => {
    const values = [{ what: 'chr(129)', type: 'text', sql: `convert_from('\\x81', 'WIN1252')`, hex: '81' }];
    const win = await postgresHarness(t, server, {
      database: 'win',
      encoding: 'WIN1252',
      undecodable: values,
    });
    await undecodable(t, await agentHarness(t, win));
  });
});
