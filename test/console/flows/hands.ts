import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { pressTab } from '../browser/tab-key.ts';

/** How somebody uses a page: what they find by its words, as it is read to them. */
export interface Hands {
  readonly fill: (label: string, text: string) => Promise<void>;
  readonly press: (button: string) => Promise<void>;
  readonly follow: (link: string) => Promise<void>;
  /** Of several that are all seen, the one with these words. */
  readonly choose: (label: string) => Promise<void>;
  /** Of a list that opens. */
  readonly pick: (label: string, option: string) => Promise<void>;
}

const field = (page: Page, label: string) => page.getByLabel(new RegExp(`^${label}( \\(opcional\\))?$`));
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const link = (page: Page, name: string) => page.getByRole('link', { name });

export function byMouse(page: Page): Hands {
  return {
    fill: (label, text) => field(page, label).fill(text),
    press: (name) => button(page, name).click(),
    follow: (name) => link(page, name).first().click(),
    choose: (label) => page.getByLabel(label, { exact: true }).check(),
    pick: async (label, option) => void (await field(page, label).selectOption({ label: option })),
  };
}

/** More stops than any page of a flow has, and so many keys that are pressed before it is asked where they led to. */
const [mostStops, atOnce] = [80, 10];

/** Who has come to what they seek presses no further. */
const stayThere = `window.stayThere ??= addEventListener('keydown', (event) => {
  if (event.key === 'Tab' && document.activeElement.hasAttribute('data-sought')) event.preventDefault();
}, true) ?? true`;

/** By the keys alone, as they are on every keyboard. */
export function byKeyboard(page: Page): Hands {
  const has = (wanted: Locator) => wanted.evaluate((element) => element.matches(':focus'));
  const isSought = (wanted: Locator, is: boolean) =>
    wanted.evaluate((element, is) => element.toggleAttribute('data-sought', is), is);
  const goTo = async (wanted: Locator) => {
    await wanted.waitFor();
    await page.evaluate(stayThere);
    await isSought(wanted, true);
    for (let stops = 0; !(await has(wanted)); stops += atOnce) {
      if (stops >= mostStops) assert.fail(`The Tab key does not lead to ${String(wanted)}.`);
      await pressTab(page, atOnce);
    }
    await isSought(wanted, false);
  };
  const activate = async (wanted: Locator) => {
    await goTo(wanted);
    await page.keyboard.press('Enter');
  };
  return {
    fill: async (label, text) => {
      await goTo(field(page, label));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
    press: (name) => activate(button(page, name)),
    follow: (name) => activate(link(page, name).first()),
    choose: async (label) => {
      await goTo(page.getByLabel(label, { exact: true }));
      await page.keyboard.press('Space');
    },
    pick: async (label, option) => {
      await goTo(field(page, label));
      await page.keyboard.type(option);
    },
  };
}
