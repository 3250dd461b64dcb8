// Tier: quick. A base, no network.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { apart } from './acts/apart.ts';
import { caps } from './acts/caps.ts';
import { terminal } from './acts/terminal.ts';
import { wholeActs } from './acts/whole-acts.ts';
import { consoleScene } from './scene.ts';

void t.test('what is done by people', async (t) => {
  const { shared } = await tierBases(t);
  // First, while nobody has access to give.
  await t.test('at the terminal', (t) => terminal(t, shared));
  const scene = await consoleScene(t, shared);
  await t.test('by forms', (t) => wholeActs(t, scene));
  await t.test('so much and no more', (t) => caps(t, scene));
});

void t.test('apart', apart);
