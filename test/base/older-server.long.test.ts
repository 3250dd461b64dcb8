// Tier: long. The base's contract on the oldest PostgreSQL that it may be on. Needs its programs: GUARITA_TEST_POSTGRES_BIN.
import t from 'tap';
import { olderPostgres } from '../support/postgres-older.ts';

t.setTimeout(600_000);
const server = await olderPostgres(t);
if (server !== null) {
  const { baseLoadingContract, baseMechanismsContract } = await import('../contracts/base.ts');
  const { postgresBases } = await import('../support/bases.ts');
  await baseMechanismsContract(t, (t, part) => postgresBases(t, server, part));
  await baseLoadingContract(t, (t, part) => postgresBases(t, server, part));
}
