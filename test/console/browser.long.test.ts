// Tier: long. Each page of the frame in a real browser, twice. Needs a Chromium: GUARITA_TEST_CHROMIUM.
import t from 'tap';
import { routes } from '../../central/console/routes.ts';
import { formsAreSent } from './browser/forms.ts';
import { pages } from './browser/pages.ts';
import { pagesAreKeptAsPrinted } from './browser/paper.ts';
import { sampleRoutes } from './browser/samples.ts';
import { browserScene } from './browser/scene.ts';
import { pagesCanBeUsed } from './browser/use.ts';

void t.test('the console in a browser', async (t) => {
  const scene = await browserScene(t, [...routes, ...sampleRoutes]);
  if (scene === null) return;
  await t.test('a form goes by keyboard alone, without JavaScript, and once', (t) => formsAreSent(t, scene));
  await t.test('on paper there is what the page is about', (t) => pagesAreKeptAsPrinted(t, scene));
  await t.test('each page can be used, on a large screen and on a small one', (t) =>
    pagesCanBeUsed(t, scene, pages),
  );
});
