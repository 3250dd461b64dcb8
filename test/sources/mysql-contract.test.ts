// Tier: quick. The contract once. Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { viewSourceContract } from '../contracts/view-source.ts';
import { testMysql } from '../support/mysql.ts';
import { mysqlHarness } from '../support/mysql-harness.ts';

const server = testMysql(t);

if (server !== null) {
  await t.test('contract', async (t) => viewSourceContract(t, await mysqlHarness(t, server)));
}
