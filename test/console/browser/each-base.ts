import type { Test } from 'tap';
import { routes } from '../../../central/console/routes.ts';
import type { ListedPage } from './listed-page.ts';
import { type BrowserScene, browserScene } from './scene.ts';
import { pagesCanBeUsed } from './use.ts';

/** Pages that need a base of their own. */
export interface BasePages {
  readonly pages: readonly ListedPage[];
  /** Puts into it what they are about. */
  readonly fill: (scene: BrowserScene, t: Test) => Promise<void>;
  readonly used?: (t: Test, scene: BrowserScene) => Promise<void>;
}

/** Opens them all in a browser, twice; not where there is none. */
export async function baseCanBeUsed(t: Test, { pages, fill, used }: BasePages): Promise<void> {
  const scene = await browserScene(t, routes);
  if (scene === null) return;
  await fill(scene, t);
  if (used !== undefined) await t.test('by keyboard', (t) => used(t, scene));
  await t.test('each page can be used, on a large screen and on a small one', (t) =>
    pagesCanBeUsed(t, scene, pages),
  );
}
