import type { NewGrant } from '../../../central/base/access-layer/grants.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { type Browser, browserOf, type ConsoleScene, madeBody, madeCase, madePerson } from '../scene.ts';

/** Views by which somebody sees all that is compared, and what was found. */
export const views = ['custodiado', 'custodia', 'outro_nome', 'unidade'] as const;

/** Somebody in a case, of a body of their own. */
export interface OnCase {
  readonly browser: Browser;
  readonly person: { readonly id: string; readonly name: string };
  readonly short: string;
  /** An address within the case. */
  readonly at: (path: string) => string;
}

export async function onCase(
  scene: ConsoleScene,
  roles: readonly Role[] = ['revisor'],
  grant: Partial<NewGrant> = {},
): Promise<OnCase> {
  const body = await madeBody(scene, { views, personQuota: 10_000, bodyQuota: 10_000, ...grant });
  const person = await madePerson(scene, body.id, roles);
  const browser = await browserOf(scene, person.id);
  const number = await madeCase(scene, browser.session);
  return { browser, person, short: body.short, at: (path) => `/caso/${number}${path}` };
}

/** The text of a page as it is read, without what only tells requests apart. */
export function textOf(page: string): string {
  const [, main = ''] = /<main[^>]*>(.*)<\/main>/s.exec(page) ?? [];
  return main
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a form of a page would send, as far as nobody fills it in. */
export function hiddenOf(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}
