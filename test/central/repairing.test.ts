// Tier: quick. Every finding of doctor once, on a base that each command opens anew, and what it repairs.
import t from 'tap';
import { testPostgres } from '../support/postgres.ts';
import { findings } from './repairing/doctor.ts';
import { repairs } from './repairing/repair.ts';

const server = await testPostgres(t);

await t.test('doctor', (t) => findings(t, server));
await t.test('repair', repairs);
