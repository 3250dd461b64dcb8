// Tier: long. The pages about people in a real browser, twice. Needs a Chromium: GUARITA_TEST_CHROMIUM.
import t from 'tap';
import { type BasePages, baseCanBeUsed } from './browser/each-base.ts';
import { networkIsExpanded } from './browser/network.ts';
import { networkPages, searchPages } from './browser/pages.ts';
import { madePeople, personPages } from './browser/person-pages.ts';
import { crowd, world } from './network/people.ts';
import { writeWorld } from './network/world.ts';
import { knownNation } from './search/known-nation.ts';
import { fillNational } from './search/national.ts';

const all: Readonly<Record<string, BasePages>> = {
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
};

for (const [name, of] of Object.entries(all)) void t.test(name, (t) => baseCanBeUsed(t, of));
