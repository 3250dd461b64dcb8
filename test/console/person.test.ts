// Tier: quick. The page of a person, over a nation of two states that was loaded and treated, on PostgreSQL.
import t from 'tap';
import { migrateBase } from '../../central/base/migrate.ts';
import { tierBases } from '../support/bases.ts';
import { runs } from '../support/runs.ts';
import { equalWithoutTheRest } from './person/equal.ts';
import { largeIsBounded, madeLarge } from './person/large.ts';
import { madeNation } from './person/nation.ts';
import {
  eachValueHasItsSource,
  pastIsTold,
  unseenChangesChooseNothing,
  whatIsNotTheirsHasNoOrigin,
} from './person/origin.ts';
import {
  addressesHold,
  findingsRestOnWhatIsSeen,
  reasonsAreOfWhoSeesAll,
  timeIsDrawn,
  valuesAreRead,
  whereTheyAre,
} from './person/pure.ts';
import {
  aPersonIsShown,
  idsLeadOn,
  looksAreCounted,
  otherKindsAreTold,
  othersHavePages,
  whoIsNotSeenIsNot,
  whoMaySeesMore,
} from './person/shown.ts';
import { consoleScene } from './scene.ts';

void t.test('where somebody is, of custodies as they are', whereTheyAre);
void t.test('custodies and movements in a picture', timeIsDrawn);
void t.test('values as people read them', valuesAreRead);
void t.test('addresses of rows and of what follows in a list', addressesHold);
void t.test('why somebody decided is shown to who sees all of it', reasonsAreOfWhoSeesAll);
void t.test('a finding is shown where it rests on what is seen', findingsRestOnWhatIsSeen);

void t.test('over a nation', async (t) => {
  const bases = await tierBases(t);
  const scene = await consoleScene(t, bases.shared);
  await madeNation(scene.base);
  await t.test('who somebody is, where, and why we believe it', (t) => aPersonIsShown(t, scene));
  await t.test('a reviewer and an auditor are shown more', (t) => whoMaySeesMore(t, scene));
  await t.test('whoever is not seen is not there', (t) => whoIsNotSeenIsNot(t, scene));
  await t.test('visitors and lawyers', (t) => othersHavePages(t, scene));
  await t.test('the same person under another kind', (t) => otherKindsAreTold(t, scene));
  await t.test('each id leads to one page', (t) => idsLeadOn(t, scene));
  await t.test('each register that is shown counts', (t) => looksAreCounted(t, scene));
  await t.test('each value leads to its row', (t) => eachValueHasItsSource(t, scene));
  await t.test('rows of others, and hidden ones, do not', (t) => whatIsNotTheirsHasNoOrigin(t, scene));
  await t.test('equals a base without what is hidden', (t) =>
    equalWithoutTheRest(t, scene, async (name) => {
      const base = await bases.open(name);
      await migrateBase(base);
      return base;
    }),
  );
  await t.test('what a row was', (t) => pastIsTold(t, scene));
  await t.test('what is chosen of several', (t) => unseenChangesChooseNothing(t, scene));
  await t.test('very much of everything', async (t) => {
    const visits = runs(2000, 20_000);
    await madeLarge(scene, visits);
    await largeIsBounded(t, scene, visits);
  });
});
