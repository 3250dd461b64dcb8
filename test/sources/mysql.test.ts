// Tier: quick. What is of this engine alone. Needs a MariaDB or MySQL: GUARITA_TEST_MYSQL_URL.
import t from 'tap';
import { testMysql } from '../support/mysql.ts';
import { collations } from './mysql/collations.ts';
import { connections } from './mysql/connections.ts';
import { errors } from './mysql/errors.ts';
import { interruptions } from './mysql/interruptions.ts';
import { plans } from './mysql/plans.ts';
import { readOnly } from './mysql/read-only.ts';
import { watermarks } from './mysql/watermarks.ts';

const server = testMysql(t);

if (server !== null) {
  await t.test('collations', (t) => collations(t, server));
  await t.test('watermarks', (t) => watermarks(t, server));
  await t.test('read-only', (t) => readOnly(t, server));
  await t.test('connections', (t) => connections(t, server));
  await t.test('errors', (t) => errors(t, server));
  await t.test('interruptions', (t) => interruptions(t, server));
  await t.test('plans', (t) => plans(t, server));
}
