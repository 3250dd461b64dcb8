import type { Page } from 'playwright-core';
import { pressTab } from './tab-key.ts';

/** Of a page, what is beyond its right edge: on a small screen nobody sees it. */
export function beyondEdge(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .map((element) => element.tagName + '.' + element.className);
  })()`);
}

/** Classes of a page's elements of which no rule of the style knows. */
export function unknownClasses(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const selectors = [];
    const read = (rules) => {
      for (const rule of rules) {
        if (rule.selectorText) selectors.push(rule.selectorText);
        if (rule.cssRules) read(rule.cssRules);
      }
    };
    for (const sheet of document.styleSheets) read(sheet.cssRules);
    const known = new Set(selectors.join(' ').match(/\\.[\\w-]+/g));
    const used = new Set([...document.querySelectorAll('[class]')].flatMap((element) => [...element.classList]));
    return [...used].filter((name) => !known.has('.' + name));
  })()`);
}

/** Of a page's words those that are English and nothing in Portuguese; code aside, which is as it was written. */
export async function englishIn(page: Page): Promise<string[]> {
  const shown = await page.evaluate<string>(`(() => {
    const body = document.body.cloneNode(true);
    for (const code of body.querySelectorAll('code, pre, svg')) code.remove();
    return document.title + ' ' + body.textContent;
  })()`);
  return [...new Set(shown.match(english) ?? [])];
}

const english =
  /(?<!\p{L})(?:the|and|is|are|was|with|your|you|not|of|or|page|error|invalid|unknown|failed|session|password|sign|undefined|NaN)(?!\p{L})|\[object|\/:[a-z]+|[a-z]+-(?:added|opened|shown|listed|read|seen|refused|failed|changed|needed|lacking)\b/giu;

/** Where the Tab key leads, in its order: what has the focus, and whether that is seen. */
export interface Stop {
  readonly name: string;
  readonly isSeen: boolean;
}

/** Before each key, where the focus is: by then the page has come to where it is seen. Null: on nothing. */
const recordStops = `(() => {
  window.stopNow = () => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const isWithin = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    window.firstStop ??= element;
    return {
      isAgain: window.firstStop === element,
      name: (element.getAttribute('name') ?? element.textContent ?? '').trim().slice(0, 40),
      isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && isWithin,
    };
  };
  removeEventListener('keydown', window.recordStop, true);
  window.stops = [];
  window.firstStop = undefined;
  window.recordStop = () => window.stops.push(window.stopNow());
  addEventListener('keydown', window.recordStop, true);
  // From the top, also where a field has the focus from the start.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
})()`;

/** A way through a page that has not come to its end after so many keys has none. */
const mostKeys = 2000;

/** Goes through a page by the Tab key, from its start to its end. The keys are sent many at once: asking takes the time. */
export async function tabThrough(page: Page): Promise<Stop[]> {
  await page.evaluate(recordStops);
  const atOnce = (await focusable(page)) + 1;
  for (let sent = 0; sent < mostKeys; sent += atOnce) {
    await pressTab(page, atOnce);
    const [, ...stops] = await page.evaluate<((Stop & { readonly isAgain: boolean }) | null)[]>(
      `[...window.stops, window.stopNow()]`,
    );
    const end = stops.findIndex((stop, at) => stop === null || (at > 0 && stop.isAgain));
    if (end !== -1) return stops.slice(0, end).flatMap((stop) => (stop === null ? [] : [stop]));
  }
  throw new Error('The Tab key leads to no end of the page.');
}

/** How many elements of a page can have the focus: of radio buttons one of each group, nothing of what is not opened. */
export function focusable(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
    const isClosed = (element) => element.closest('details:not([open]) > :not(summary)') !== null;
    const seen = all.filter(
      (element) => element.type !== 'hidden' && !element.hidden && !element.disabled && !isClosed(element),
    );
    const groups = new Set(seen.filter(({ type }) => type === 'radio').map(({ name }) => name));
    return seen.filter(({ type }) => type !== 'radio').length + groups.size;
  })()`);
}
