// Tier: quick. Persons of several registers: what follows once these are linked, on PGlite.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { survive } from './persons/survive.ts';
import { touched } from './persons/touched.ts';

await t.test('survive', survive);
const bases = await pgliteBases(t);
await t.test('touched', (t) => touched(t, bases));
