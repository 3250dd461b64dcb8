// Tier: quick. What the DBA runs, and what doctor finds of a server, once, on a PostgreSQL of its own.
import t from 'tap';
import { testPostgres } from '../support/postgres.ts';
import { doctorOnPostgres } from './doctor/postgres.ts';
import { postgresScripts } from './sql/postgres.ts';
import { scriptTests } from './sql/script-tests.ts';

const server = await testPostgres(t);
await t.test('scripts', async (t) => scriptTests(t, 'postgres', await postgresScripts(t, server)));
await t.test('doctor', (t) => doctorOnPostgres(t, server));
