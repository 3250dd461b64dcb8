// Tier: quick. Some hundred requests to a real process; `fuzz.long.test.ts` sends more.
import t from 'tap';
import { fuzz } from './fuzz/fuzz.ts';

await t.test('requests of every kind', (t) => fuzz(t, { requests: 100, others: 30 }));
