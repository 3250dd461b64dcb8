// Tier: long. As `fuzz.test.ts`, with six times the requests, or for GUARITA_FUZZ_SECONDS.
import t from 'tap';
import { fuzz } from './fuzz/fuzz.ts';

await t.test('requests of every kind', (t) => fuzz(t, { requests: 600, others: 200 }));
