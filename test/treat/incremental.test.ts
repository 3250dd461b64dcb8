// Tier: quick. Random histories of two small states, each treated as it goes and from nothing, on PostgreSQL.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { eachChange } from './each-change.ts';
import { asFromNothing } from './incremental.ts';
import { typedAgainBeforeItsMark } from './typed-again.ts';

t.setTimeout(1_800_000);
await t.test('what is treated day by day is what a treatment from nothing makes', async (t) => {
  const { shared } = await pgliteBases(t);
  await asFromNothing(t, shared, 2);
});
