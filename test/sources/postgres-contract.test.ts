// Tier: quick. The contract once, on a PostgreSQL of its own.
import t from 'tap';
import { secondLook } from '../contracts/view-source/second-look.ts';
import { viewSourceContract } from '../contracts/view-source.ts';
import { testPostgres } from '../support/postgres.ts';
import { postgresHarness } from '../support/postgres-harness.ts';

const server = await testPostgres(t);
const harness = await postgresHarness(t, server, { database: 'contrato' });
await viewSourceContract(t, harness);
await t.test('a second look', (t) => secondLook(t, harness));
