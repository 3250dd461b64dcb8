// Tier: quick. The contract once. Needs a SQL Server: GUARITA_TEST_MSSQL_URL.
import t from 'tap';
import { viewSourceContract } from '../contracts/view-source.ts';
import { testSqlServer } from '../support/sqlserver.ts';
import { sqlServerHarness } from '../support/sqlserver-harness.ts';

const server = testSqlServer(t);

if (server !== null) {
  await t.test('contract', async (t) => viewSourceContract(t, await sqlServerHarness(t, server)));
}
