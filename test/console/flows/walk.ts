import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Test } from 'tap';
import { violationsIn } from '../browser/axe.ts';
import { beyondEdge, englishIn, unknownClasses } from '../browser/look.ts';
import { photograph } from '../browser/pictures.ts';
import { openWindow } from '../browser/scene.ts';
import { byKeyboard, byMouse, type Hands } from './hands.ts';
import type { FlowScene } from './scene.ts';

/** Somebody in a window of their own, on the way through some pages. */
export interface Walk extends Hands {
  readonly page: Page;
  /** What the browser refused or could not do. */
  readonly problems: string[];
  /** The page that is shown now is looked at, held to what every page is, and photographed where that is asked for. */
  readonly look: (step: string, page?: Page) => Promise<void>;
  /** The same person in another tab. */
  readonly tab: () => Promise<Page>;
  /** The text that somebody reads. */
  readonly text: (page?: Page) => Promise<string>;
}

export interface Way {
  /** Of its pictures. */
  readonly name: string;
  readonly width: 1280 | 320;
  readonly hands?: 'mouse' | 'keyboard';
  readonly hasScript?: boolean;
  /** Of the session with which they come; none: they sign in by themselves. */
  readonly secret?: string | null;
}

export async function walk(t: Test, scene: FlowScene, way: Way): Promise<Walk> {
  const { name, width, hands = 'mouse', hasScript = true, secret = null } = way;
  const options: BrowserContextOptions = {
    viewport: { width, height: width === 320 ? 640 : 800 },
    javaScriptEnabled: hasScript,
  };
  const { context, page, problems } = await openWindow(t, scene, secret, options);
  let steps = 0;
  // What is not there soon does not come: then the last page tells why.
  context.setDefaultTimeout(20_000);
  t.teardown(() => photograph(page, `${name}-fim-${width}`));
  const look = async (step: string, shown = page) => {
    steps += 1;
    const told = `${name} ${step} ${width}`;
    await shown.locator('h1').waitFor();
    t.same(await beyondEdge(shown), [], `${told}: nothing is beyond the edge`);
    t.same(await unknownClasses(shown), [], `${told}: each class has a style`);
    t.same(await englishIn(shown), [], `${told}: in Portuguese`);
    // It waits for timers, and there are none without scripts; the page is the same.
    if (hasScript) t.same(await violationsIn(shown), [], `${told}: axe`);
    await photograph(shown, `${name}-${String(steps).padStart(2, '0')}-${step}-${width}`);
  };
  return {
    ...(hands === 'mouse' ? byMouse(page) : byKeyboard(page)),
    ...{ page, problems, look },
    tab: () => context.newPage(),
    text: (shown = page) => shown.locator('body').innerText(),
  };
}
