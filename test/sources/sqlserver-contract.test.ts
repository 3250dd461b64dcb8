// Tier: quick. The contract once. Needs a SQL Server: GUARITA_TEST_MSSQL_URL.
import t from 'tap';
import { testSqlServer } from '../support/sqlserver.ts';

const server = testSqlServer(t);

if (server !== null) {
  // Only where they run: the contract takes longer to read than to skip.
  const { viewSourceContract } = await import('../contracts/view-source.ts');
  const { sqlServerHarness } = await import('../support/sqlserver-harness.ts');
  const { secondLook } = await import('../contracts/view-source/second-look.ts');
  const { looseKeys } = await import('./loose-keys.ts');
  await t.test('contract', async (t) => {
    const harness = await sqlServerHarness(t, server);
    await viewSourceContract(t, harness);
    await t.test('a second look', (t) => secondLook(t, harness));
  });
  // In the collation of the database, which ignores case; keys of the contract have one that does not.
  await t.test('keys without case', async (t) =>
    looseKeys(t, await sqlServerHarness(t, server), 'nvarchar(100)'),
  );
}
