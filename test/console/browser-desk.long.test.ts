// Tier: long. The pages of reviewers and of states in a real browser, twice. Needs a Chromium: GUARITA_TEST_CHROMIUM.
import t from 'tap';
import { type BasePages, baseCanBeUsed } from './browser/each-base.ts';
import { deskPages, statesPages } from './browser/pages.ts';
import { pairsAreReviewed } from './browser/reviewing.ts';
import { deskNation, earlierDays } from './desk/nation.ts';
import { statesToLookAt } from './states/scene.ts';

const all: Readonly<Record<string, BasePages>> = {
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

for (const [name, of] of Object.entries(all)) void t.test(name, (t) => baseCanBeUsed(t, of));
