// Tier: quick. What the DBA runs, once, on a PostgreSQL of its own.
import t from 'tap';
import { postgresScripts } from './sql/postgres.ts';
import { scriptTests } from './sql/script-tests.ts';

void t.test('on PostgreSQL', async (t) => scriptTests(t, 'postgres', await postgresScripts(t)));
