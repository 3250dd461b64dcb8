// Tier: quick. This half of the base's contract, on a PostgreSQL of its own; on PGlite it is in the long tier.
import t from 'tap';
import { baseLoadingContract } from '../contracts/base.ts';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';

const server = await testPostgres(t);
await baseLoadingContract(t, (t, part) => postgresBases(t, server, part));
