// Tier: long. A hundred models at random, one after the other, of which the quick tier has three; and the commands on a base in process.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { holds } from './base/holds.ts';
import { inProcess } from './base/in-process.ts';

await t.test('a decision holds against any model', async (t) =>
  holds(t, (await postgresBases(t, await testPostgres(t))).shared, 100),
);
await t.test('on a base in process', inProcess);
