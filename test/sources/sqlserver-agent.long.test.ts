// Tier: long. The contract a second time, behind an agent. Needs a SQL Server: GUARITA_TEST_MSSQL_URL.
import t from 'tap';
import { usualRows } from '../contracts/view-source.ts';
import { agentHarness } from '../support/agent-harness.ts';
import { testSqlServer } from '../support/sqlserver.ts';
import { sqlServerHarness } from '../support/sqlserver-harness.ts';

const server = testSqlServer(t);

if (server !== null) {
  await t.test('contract, SQL Server behind the agent', async (t) => {
    await usualRows(t, await agentHarness(t, await sqlServerHarness(t, server)));
  });
}
