// Tier: quick. PostgreSQL behind a pooler in transaction mode. Needs the program pgbouncer: GUARITA_TEST_PGBOUNCER.
import t from 'tap';
import { namedServer } from '../support/named-server.ts';

const program = namedServer(
  t,
  'GUARITA_TEST_PGBOUNCER',
  'nothing is read through a pooler (apt install pgbouncer)',
);

if (program !== null) {
  const { viewSourceContract } = await import('../contracts/view-source.ts');
  const { pgbouncer } = await import('../support/pgbouncer.ts');
  const { testPostgres } = await import('../support/postgres.ts');
  const { postgresHarness } = await import('../support/postgres-harness.ts');
  const { pooled } = await import('./postgres/pooled.ts');
  const server = await testPostgres(t);
  await t.test('sessions that others have used', (t) => pooled(t, program, server));
  await t.test('contract', async (t) => {
    const port = await pgbouncer(t, program, server, 8);
    await viewSourceContract(t, await postgresHarness(t, server, { database: 'contrato', port }));
  });
}
