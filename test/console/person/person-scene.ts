import type { NewGrant } from '../../../central/base/access-layer/grants.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { browserOf, type ConsoleScene, madeBody, madeCase, madePerson } from '../scene.ts';
import { all } from './nation.ts';

/** Somebody at work on a case, in a body with this grant. */
export async function atWork(
  scene: ConsoleScene,
  grant: Partial<NewGrant> = {},
  roles: readonly Role[] = ['agente'],
) {
  const body = await madeBody(scene, { ...all, personQuota: 100_000, bodyQuota: 100_000, ...grant });
  const person = await madePerson(scene, body.id, roles);
  const browser = await browserOf(scene, person.id, { body: body.id });
  const number = await madeCase(scene, browser.session);
  const path = (of: string, below = '') => `/caso/${number}/pessoa/${of}${below}`;
  /** By each id that was opened, the one that their pages have. */
  const own = new Map<string, string>();
  /** A page of a person, by any id of theirs. */
  const open = async (id: string, below = '') => {
    const known = own.get(id);
    if (known !== undefined && below !== '') return browser.get(known + below);
    const shown = await browser.get(path(id));
    own.set(id, shown.location ?? path(id));
    return shown.location === null && below === ''
      ? shown
      : browser.get((shown.location ?? path(id)) + below);
  };
  return { browser, number, person, body, path, open };
}

/** What a page says, without its tags and blanks. */
export function wordsOf(page: string): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(page)?.[1] ?? '';
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The same with the addresses and pictures that are in it; a case, and a request that failed, have a number of their own, and
 * what was loaded an instant, which is told to the second.
 */
export function toldBy(page: string): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(page)?.[1] ?? '';
  return main
    .replace(/\/caso\/\d+\//g, '/caso/N/')
    .replace(/(?<=pedido: <code>)[^<]+/, 'N')
    .replace(/(?<=<dd>)[\d/]+, \d\d:\d\d:\d\d(?=<)/g, 'I');
}
