import t from 'tap';
import { postgresScripts } from './sql/postgres.ts';
import { scriptTests } from './sql/script-tests.ts';

void t.test('on PostgreSQL', async (t) => scriptTests(t, 'postgres', await postgresScripts(t)));
