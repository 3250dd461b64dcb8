// Tier: quick. Persons of several registers: what follows once these are linked, on PGlite.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { eachWay } from './persons/each-way.ts';
import { survive } from './persons/survive.ts';
import { touched } from './persons/touched.ts';

t.setTimeout(300_000);
await t.test('survive', survive);
const bases = await pgliteBases(t);
await t.test('touched', (t) => touched(t, bases));
await t.test('each way', (t) => eachWay(t, bases));
