// Tier: quick. A central process that crashes where it could do most harm, and one that is told to stop at work.
import t from 'tap';
import { testPostgres } from '../support/postgres.ts';
import { crashes } from './killed/crash.ts';
import { together } from './killed/together.ts';

const server = await testPostgres(t);

await t.test('crash', (t) => crashes(t, server));
await t.test('together', (t) => together(t, server));
