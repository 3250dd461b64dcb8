// Tier: long. The contract a second time, behind an agent. Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { usualRows } from '../contracts/view-source.ts';
import { agentHarness } from '../support/agent-harness.ts';
import { testMysql } from '../support/mysql.ts';
import { mysqlHarness } from '../support/mysql-harness.ts';

const server = testMysql(t);

if (server !== null) {
  await t.test('contract, MySQL behind the agent', async (t) => {
    await usualRows(t, await agentHarness(t, await mysqlHarness(t, server)));
  });
}
