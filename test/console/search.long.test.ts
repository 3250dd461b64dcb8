// Tier: long. The same with more cases, on PGlite; and searches while a treatment runs, on PostgreSQL.
import './search.test.ts';
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { whileTreated } from './search/while-treated.ts';

void t.test('fifty searches at once while a treatment runs', async (t) =>
  whileTreated(t, await postgresBases(t, await testPostgres(t))),
);
