// Tier: quick. In this process, and a few short ones for what the program prints and how it ends.
import t from 'tap';
import { commandLine } from './config/command-line.ts';
import { environment } from './config/environment.ts';
import { faults } from './config/faults.ts';
import { modes } from './config/modes.ts';

// Invariant 10: errors help.

await t.test('faults', faults);
await t.test('modes', modes);
await t.test('environment', environment);
await t.test('command line', commandLine);
