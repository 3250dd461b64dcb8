// Tier: quick. What central tells of rows, on a PostgreSQL of its own.
import t from 'tap';
import { testPostgres } from '../support/postgres.ts';
import { quarantined } from './rows/quarantine.ts';
import { versionsOfRows } from './rows/versions.ts';

const server = await testPostgres(t);

await t.test('quarantine', (t) => quarantined(t, server));
await t.test('versions', (t) => versionsOfRows(t, server));
