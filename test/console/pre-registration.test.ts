// Tier: quick. A base, no network; letters are written and stay in the outbox.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { atOnce } from './pre-registration/at-once.ts';
import { deadlines } from './pre-registration/deadlines.ts';
import { forgotten } from './pre-registration/forgotten.ts';
import { listed } from './pre-registration/listed.ts';
import { ownBody } from './pre-registration/own-body.ts';
import { reminded } from './pre-registration/reminded.ts';
import { separation } from './pre-registration/separation.ts';
import { states } from './pre-registration/states.ts';
import { stillCounts } from './pre-registration/still-counts.ts';
import { wholeWay } from './pre-registration/whole-way.ts';
import { consoleScene } from './scene.ts';

void t.test('what a request waits for', async (t) => states(t));

void t.test('pre-registration', async (t) => {
  const scene = await consoleScene(t, (await tierBases(t)).shared);
  await t.test('the whole way', (t) => wholeWay(t, scene));
  await t.test('separation', (t) => separation(t, scene));
  await t.test('of which body', (t) => ownBody(t, scene));
  await t.test('whose word counts still', (t) => stillCounts(t, scene));
  await t.test('at once', (t) => atOnce(t, scene));
  await t.test('a forgotten password', (t) => forgotten(t, scene));
  await t.test('reminded', (t) => reminded(t, scene));
  await t.test('deadlines', (t) => deadlines(t, scene));
  await t.test('lists', (t) => listed(t, scene));
});
