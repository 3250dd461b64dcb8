// Tier: quick. Persons of several registers: what follows once these are linked, on PostgreSQL.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { anotherVersion } from './persons/another-version.ts';
import { eachWay } from './persons/each-way.ts';
import { Nation } from './persons/nation.ts';
import { shown } from './persons/shown.ts';
import { survive } from './persons/survive.ts';
import { touched } from './persons/touched.ts';

t.setTimeout(300_000);
await t.test('survive', survive);
const bases = await tierBases(t);
await t.test('touched', (t) => touched(t, bases));
await t.test('in two states', async (t) => {
  const nation = await Nation.on(bases.shared);
  await t.test('shown', (t) => shown(t, nation));
  await t.test('another version', (t) => anotherVersion(t, nation));
  await t.test('each way', (t) => eachWay(t, nation));
});
