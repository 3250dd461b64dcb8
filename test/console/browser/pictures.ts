import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';

/** Pages as they looked, to be looked at. */
const folder = join(import.meta.dirname, '..', '..', '..', '.tap', 'pages');

/** Where a picture goes; null where nobody asked for any: they are for people, and a tenth of the time. */
function pictureFile(name: string): string | null {
  if (process.env['GUARITA_TEST_PICTURES'] !== '1') return null;
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
