// Quick tier: a base, no network.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { consoleScene } from './scene.ts';
import { codes } from './second-factor/codes.ts';

void t.test('second factor', async (t) => {
  const scene = await consoleScene(t, (await tierBases(t)).shared);
  await t.test('codes', (t) => codes(t, scene));
});
