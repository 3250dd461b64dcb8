// Tier: quick. Seconds. Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { mysqlScripts } from './sql/mysql.ts';
import { testOn } from './sql/script-tests.ts';

testOn(t, { engine: 'mysql', what: 'MySQL', variable: 'GUARITA_TEST_MYSQL_URL' }, mysqlScripts);
