// Tier: quick. In this process, and a few short ones for what the program prints.
import t from 'tap';
import { environment } from './config/environment.ts';
import { faults } from './config/faults.ts';
import { modes } from './config/modes.ts';

// Invariant 10: errors help.

await t.test('faults', faults);
await t.test('modes', modes);
await t.test('environment', environment);
