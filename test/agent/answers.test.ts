// Tier: quick. The real agent, in this process.
import t from 'tap';
import { missing } from './answers/missing.ts';
import { unfit } from './answers/unfit.ts';

// The agent's answers, as central sees them.

await t.test('missing', missing);
await t.test('unfit', unfit);
