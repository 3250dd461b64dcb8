// Tier: quick. The contract once, on a PostgreSQL of its own.
import t from 'tap';
import { viewSourceContract } from '../contracts/view-source.ts';
import { testPostgres } from '../support/postgres.ts';
import { postgresHarness } from '../support/postgres-harness.ts';

const server = await testPostgres(t);
await viewSourceContract(t, await postgresHarness(t, server, { database: 'contrato' }));
