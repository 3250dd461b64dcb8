// Tier: long. A hundred models at random, one after the other; the quick tier has three.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { holds } from './base/holds.ts';

await t.test('a decision holds against any model', async (t) =>
  holds(t, (await postgresBases(t, await testPostgres(t))).shared, 100),
);
