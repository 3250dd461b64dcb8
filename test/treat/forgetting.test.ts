// Tier: quick. Seconds, on a PostgreSQL of its own.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { byIndex } from './forgetting/by-index.ts';
import { cutShort } from './forgetting/cut-short.ts';
import { forGood } from './forgetting/for-good.ts';
import { meanwhile } from './forgetting/meanwhile.ts';
import { naming } from './forgetting/naming.ts';
import { sharedWithOthers } from './forgetting/shared-with-others.ts';
import { tooWideRows } from './forgetting/too-wide.ts';

const bases = await tierBases(t);
await t.test('naming', naming);
await t.test('for good', (t) => forGood(t, bases));
await t.test('too wide', (t) => tooWideRows(t, bases));
await t.test('by index', (t) => byIndex(t, bases));
await t.test('shared with others', (t) => sharedWithOthers(t, bases));
if (bases.server !== null) {
  await t.test('cut short', (t) => cutShort(t, bases));
  await t.test('meanwhile', (t) => meanwhile(t, bases));
}
