// Tier: quick. A base, no network.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { ending } from './bodies/ending.ts';
import { grants } from './bodies/grants.ts';
import { milestones } from './bodies/milestones.ts';
import { structures, tying } from './bodies/structures.ts';
import { consoleScene } from './scene.ts';

void t.test('bodies', async (t) => {
  const scene = await consoleScene(t, (await tierBases(t)).shared);
  await t.test('structures', (t) => structures(t, scene));
  await t.test('ties', (t) => tying(t, scene));
  await t.test('grants', (t) => grants(t, scene));
  await t.test('milestones', (t) => milestones(t, scene));
  await t.test('an end', (t) => ending(t, scene));
});
