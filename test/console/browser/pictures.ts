import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { helpPictures } from '../../../central/console/help/articles.ts';

/** Pages as they looked, to be looked at. */
const folder = join(import.meta.dirname, '..', '..', '..', '.tap', 'pages');

/** Those of the articles of help. */
const helpFolder = join(import.meta.dirname, '..', '..', '..', 'central', 'console', 'help', 'pictures');
/** As wide as a column of text; of a longer page the beginning. */
const helpSize = { width: 640, height: 900 };

/** Whether pages are photographed: for people, or for the articles of help. It is a tenth of the time. */
const asked = process.env['GUARITA_TEST_PICTURES'] ?? '';

/** Where a picture goes; null where nobody asked for any. */
function pictureFile(name: string): string | null {
  if (asked !== '1' && asked !== 'help') return null;
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** Photographs the whole page, if pictures are asked for. */
export async function photograph(page: Page, name: string): Promise<void> {
  const path = pictureFile(`${name}.png`);
  if (path !== null) await page.screenshot({ path, fullPage: true, animations: 'disabled' });
}

/** The same as it is printed. */
export async function print(page: Page, name: string): Promise<void> {
  const path = pictureFile(`${name}.pdf`);
  if (path !== null) await page.pdf({ path, format: 'A4' });
}

/** Makes the picture of a page that an article of help shows, where those are to be made anew. */
export async function illustrate(page: Page, name: string): Promise<void> {
  if (asked !== 'help' || !helpPictures.includes(`${name}.png`)) return;
  const before = page.viewportSize();
  await page.setViewportSize(helpSize);
  const { x, y, width, height } = (await page.locator('main').boundingBox()) ?? { x: 0, y: 0, ...helpSize };
  await page.screenshot({
    ...{ path: join(helpFolder, `${name}.png`), fullPage: true, animations: 'disabled', caret: 'hide' },
    clip: { x, y, width, height: Math.min(height, helpSize.height) },
  });
  if (before !== null) await page.setViewportSize(before);
}
