// Tier: quick. Treatment on the oldest PostgreSQL that a base may have. Needs its programs: GUARITA_TEST_POSTGRES_BIN.
import t from 'tap';
import { olderPostgres } from '../support/postgres-older.ts';

t.setTimeout(600_000);
const server = await olderPostgres(t);
if (server !== null) {
  const { pgliteBases, postgresBases } = await import('../support/bases.ts');
  const { nastyEverywhere } = await import('./bad-input/values.ts');
  const { asFromNothing } = await import('./incremental.ts');
  const { withoutMoments } = await import('./settled.ts');
  const { shared: older } = await postgresBases(t, server);

  await t.test('nothing of what a column should be: alike on PGlite and on the server', async (t) => {
    const { shared: pglite } = await pgliteBases(t);
    const one = await nastyEverywhere(t, pglite, 'AC');
    t.strictSame(withoutMoments(one), withoutMoments(await nastyEverywhere(t, older, 'AC')));
  });
  await t.test('what is treated day by day is what a treatment from nothing makes', async (t) => {
    await asFromNothing(t, older, 2);
  });
}
