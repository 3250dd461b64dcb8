// Tier: quick. In this process and its threads, without a base; 8,000 made-up registers.
import t from 'tap';
import { badInput } from './linking/bad-input.ts';
import { decided } from './linking/decided.ts';
import { wellEnough } from './linking/well-enough.ts';
import { whateverOrder } from './linking/whatever-order.ts';

await t.test('the same both ways, in any order, by any number of threads', whateverOrder);
await t.test('what people decided holds', decided);
await t.test('bad input', badInput);
await t.test('made-up registers are put together well enough', wellEnough);
