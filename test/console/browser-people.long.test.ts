// Tier: long. The pages about people and states in a real browser, twice. Needs a Chromium: GUARITA_TEST_CHROMIUM.
import t, { type Test } from 'tap';
import { routes } from '../../central/console/routes.ts';
import type { ListedPage } from './browser/listed-page.ts';
import { networkIsExpanded } from './browser/network.ts';
import { deskPages, networkPages, searchPages, statesPages } from './browser/pages.ts';
import { madePeople, personPages } from './browser/person-pages.ts';
import { pairsAreReviewed } from './browser/reviewing.ts';
import { type BrowserScene, browserScene } from './browser/scene.ts';
import { pagesCanBeUsed } from './browser/use.ts';
import { deskNation, earlierDays } from './desk/nation.ts';
import { crowd, world } from './network/people.ts';
import { writeWorld } from './network/world.ts';
import { knownNation } from './search/known-nation.ts';
import { fillNational } from './search/national.ts';
import { statesToLookAt } from './states/scene.ts';

interface Pages {
  readonly pages: readonly ListedPage[];
  /** What is in the base for them: each has a base of its own. */
  readonly fill: (scene: BrowserScene, t: Test) => Promise<void>;
  readonly used?: (t: Test, scene: BrowserScene) => Promise<void>;
}

const all: Readonly<Record<string, Pages>> = {
  search: { pages: searchPages, fill: ({ base }) => fillNational(base, knownNation) },
  person: { pages: personPages, fill: madePeople },
  network: {
    pages: networkPages(),
    fill: async ({ base }) => {
      await writeWorld(base, world);
      await writeWorld(base, crowd);
    },
    used: networkIsExpanded,
  },
  desk: {
    pages: deskPages,
    fill: async ({ base }) => {
      await deskNation(base);
      await earlierDays(base);
    },
    used: pairsAreReviewed,
  },
  states: { pages: statesPages, fill: ({ base }, t) => statesToLookAt(t, base) },
};

for (const [name, { pages, fill, used }] of Object.entries(all)) {
  void t.test(name, async (t) => {
    const scene = await browserScene(t, routes);
    if (scene === null) return;
    await fill(scene, t);
    if (used !== undefined) await t.test('by keyboard', (t) => used(t, scene));
    await t.test('each page can be used, on a large screen and on a small one', (t) =>
      pagesCanBeUsed(t, scene, pages),
    );
  });
}
