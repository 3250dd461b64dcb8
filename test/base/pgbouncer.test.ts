// Tier: quick. The base behind a pooler in transaction mode. Needs the program pgbouncer: GUARITA_TEST_PGBOUNCER.
import t from 'tap';
import { namedServer } from '../support/named-server.ts';

const program = namedServer(
  t,
  'GUARITA_TEST_PGBOUNCER',
  'no base is behind a pooler (apt install pgbouncer)',
);

if (program !== null) {
  const { baseLoadingContract } = await import('../contracts/base.ts');
  const { postgresBases } = await import('../support/bases.ts');
  const { pgbouncer } = await import('../support/pgbouncer.ts');
  const { testPostgres } = await import('../support/postgres.ts');
  const server = await testPostgres(t);
  const port = await pgbouncer(t, program, server, 8);
  await baseLoadingContract(t, (t, part) => postgresBases(t, { ...server, port }, part));
}
