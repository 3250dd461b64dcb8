// Tier: quick. What central shows in the base, and what people decide there, on a PostgreSQL of its own.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { ofBefore } from './answers/of-before.ts';
import { inBase } from './in-base.ts';

await t.test('a file of before answers were kept', ofBefore);
const server = await testPostgres(t);
await inBase(t, (t, half) => postgresBases(t, server, half));
