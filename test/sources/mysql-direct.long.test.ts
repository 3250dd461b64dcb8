// Tier: long. The contract a second time, read by central itself (rule 1). Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { usualRows } from '../contracts/view-source.ts';
import { directHarness } from '../support/direct-harness.ts';
import { testMysql } from '../support/mysql.ts';
import { mysqlHarness } from '../support/mysql-harness.ts';

const server = testMysql(t);

if (server !== null) {
  await t.test('contract, MySQL read by central', async (t) => {
    await usualRows(t, await directHarness(t, await mysqlHarness(t, server)));
  });
}
