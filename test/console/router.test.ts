// Tier: quick. The router's own table over a base, no network; router.long.test.ts tries each route.

import t from 'tap';
import { routes } from '../../central/console/routes.ts';
import { tierBases } from '../support/bases.ts';
import { routesOf } from '../support/routes.ts';
import { objectsOfOthers } from './router/objects.ts';
import { refusals } from './router/refusals.ts';
import { consoleScene } from './scene.ts';

const scene = await consoleScene(t, (await tierBases(t)).shared);

await t.test('there is no other route than those that say what they need', async (t) => {
  const table = routesOf(scene.app).filter(({ url }) => !url.startsWith('/recursos/'));
  const named = (all: readonly { readonly method: string; readonly url: string }[]) =>
    all.map(({ method, url }) => `${method} ${url}`).toSorted();
  t.strictSame(named(table), named(routes.map(({ method, path }) => ({ method, url: path }))));
});

await t.test(
  'each is refused to whoever lacks what it needs, which is written down (ASVS 8.3.2, 16.3.2)',
  (t) => refusals(t, scene),
);
await t.test('what is somebody else’s, or another body’s, is nobody’s to name (ASVS 8.2.2, 8.4.1)', (t) =>
  objectsOfOthers(t, scene),
);
