// Tier: long. The model under faults, beyond one case: ten, or GUARITA_SOAK_RUNS.
import t from 'tap';
import { faults } from './faults.ts';

await faults(t, Number(process.env['GUARITA_SOAK_RUNS'] ?? 10));
