import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const options = { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false };

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What stands in the way of people who hear a page, or use it by keyboard: rule, and where it is broken. */
export async function violationsIn(page: Page): Promise<string[]> {
  // Told to the browser itself: the page lets in no script but its own. It is large, and stays until the next page.
  if (await page.evaluate<boolean>(`typeof axe === 'undefined'`)) await page.evaluate(`${source};undefined`);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
