// Tier: long. The model under faults where the agent reads a replica. Needs PostgreSQL's programs: GUARITA_TEST_POSTGRES_BIN.
import t from 'tap';
import { postgresPair } from '../support/postgres-standby.ts';
import { faults } from './faults.ts';

const replica = await postgresPair(t);
if (replica !== null) await faults(t, Number(process.env['GUARITA_SOAK_RUNS'] ?? 10), replica);
