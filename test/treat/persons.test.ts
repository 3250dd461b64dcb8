// Tier: quick. Persons of several registers: what follows once these are linked, on PGlite.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { touched } from './persons/touched.ts';

const bases = await pgliteBases(t);
await t.test('touched', (t) => touched(t, bases));
