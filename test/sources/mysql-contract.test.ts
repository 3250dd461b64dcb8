// Tier: quick. The contract once. Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { testMysql } from '../support/mysql.ts';

const server = testMysql(t);

if (server !== null) {
  // Only where they run: the contract takes longer to read than to skip.
  const { viewSourceContract } = await import('../contracts/view-source.ts');
  const { mysqlHarness } = await import('../support/mysql-harness.ts');
  const { secondLook } = await import('../contracts/view-source/second-look.ts');
  await t.test('contract', async (t) => {
    const harness = await mysqlHarness(t, server);
    await viewSourceContract(t, harness);
    await t.test('a second look', (t) => secondLook(t, harness));
  });
}
