// Tier: quick. Seconds, on a PostgreSQL of its own.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { runs } from '../support/runs.ts';
import { answersAlike } from './search/alike.ts';
import { boxes } from './search/boxes.ts';
import { foundPeople } from './search/found-people.ts';
import { nearWords } from './search/near-words.ts';
import { searchPages } from './search/search-pages.ts';

await t.test('what the one box understands', boxes);
await t.test('words that are near leave the same', nearWords);
const bases = await tierBases(t);
await t.test('a body that sees less gets what a base without the rest has', (t) =>
  answersAlike(t, bases, runs(3, 20)),
);
await t.test('people are found by what they are called and by their documents', (t) =>
  foundPeople(t, bases.shared),
);
await t.test('its pages', (t) => searchPages(t, bases.shared));
