// Tier: quick. What the DBA runs, and what doctor finds of a server. Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { testMysql } from '../support/mysql.ts';

const server = testMysql(t);

if (server !== null) {
  const { doctorOnMysql } = await import('./doctor/mysql.ts');
  const { mysqlScripts } = await import('./sql/mysql.ts');
  const { scriptTests } = await import('./sql/script-tests.ts');
  await t.test('scripts', async (t) => scriptTests(t, 'mysql', await mysqlScripts(t, server)));
  await t.test('doctor', (t) => doctorOnMysql(t, server));
}
