// Tier: quick. The real agent, in this process.
import t from 'tap';
import { closing } from './replies/closing.ts';
import { failing } from './replies/failing.ts';
import { sealed } from './replies/sealed.ts';
import { writtenDown } from './replies/written-down.ts';

// Invariant 7: each answer is signed, bound to its request, and written down before it leaves.

await t.test('sealed', sealed);
await t.test('written down', writtenDown);
await t.test('failing', failing);
await t.test('closing', closing);
