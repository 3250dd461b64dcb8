// Tier: long. Each page in a real browser, twice. Needs a Chromium: GUARITA_TEST_CHROMIUM.
import t from 'tap';
import { routes } from '../../central/console/routes.ts';
import { formsAreSent } from './browser/forms.ts';
import { networkIsExpanded } from './browser/network.ts';
import { pagesAreKeptAsPrinted } from './browser/paper.ts';
import { madePeople } from './browser/person-pages.ts';
import { pairsAreReviewed } from './browser/reviewing.ts';
import { sampleRoutes } from './browser/samples.ts';
import { browserScene } from './browser/scene.ts';
import { pagesCanBeUsed } from './browser/use.ts';
import { deskNation, earlierDays } from './desk/nation.ts';
import { statesToLookAt } from './states/scene.ts';

void t.test('the console in a browser', async (t) => {
  const scene = await browserScene(t, [...routes, ...sampleRoutes]);
  if (scene === null) return;
  await statesToLookAt(t, scene.base);
  await madePeople(scene);
  await t.test('a form goes by keyboard alone, without JavaScript, and once', (t) => formsAreSent(t, scene));
  await deskNation(scene.base);
  await earlierDays(scene.base);
  await t.test('pairs are reviewed by keyboard alone, and without JavaScript', (t) =>
    pairsAreReviewed(t, scene),
  );
  await t.test('on paper there is what the page is about', (t) => pagesAreKeptAsPrinted(t, scene));
  await t.test('each page can be used, on a large screen and on a small one', (t) =>
    pagesCanBeUsed(t, scene),
  );
  await t.test('a network is opened by keyboard, without JavaScript', (t) => networkIsExpanded(t, scene));
});
