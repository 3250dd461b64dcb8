import type { Test } from 'tap';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { everything } from '../network/grants.ts';
import { browserOf, madeBody, madeCase, madePerson } from '../scene.ts';
import { violationsIn } from './axe.ts';
import type { ListedPage } from './listed-page.ts';
import { beyondEdge, englishIn, focusable, tabThrough, unknownClasses } from './look.ts';
import { illustrate, photograph } from './pictures.ts';
import { type BrowserScene, openWindow, signedInBy } from './scene.ts';

/** Made for scripts and for those who write the pages, so no rule speaks of them. */
const unstyled: readonly string[] = [];
const sizes = { 1280: { width: 1280, height: 800 }, 320: { width: 320, height: 640 } } as const;

export async function pagesCanBeUsed(
  t: Test,
  scene: BrowserScene,
  pages: readonly ListedPage[],
): Promise<void> {
  const views = standardViews.map(({ name }) => name);
  const body = await madeBody(scene, { ...everything, views, personQuota: 1000, bodyQuota: 10_000 });
  // One window for all: what they have in common is fetched once, and each comes in a session of its own.
  const { context, page, problems } = await openWindow(t, scene);
  for (const listed of pages) {
    await t.test(listed.name, async (t) => {
      const { secret, path } = await visitor(scene, body.id, listed);
      await context.clearCookies();
      if (secret !== null) await signedInBy(context, scene, secret);
      const kept = await listed.remembers?.(scene);
      if (kept !== undefined) await signedInBy(context, scene, kept, '__Host-pedido');
      problems.splice(0);
      await page.setViewportSize(sizes[1280]);
      const answer = await page.goto(path);
      t.equal(answer?.status(), listed.status ?? 200, path);
      await page.evaluate('document.fonts.ready');
      for (const width of [1280, 320] as const) {
        await page.setViewportSize(sizes[width]);
        t.same(await beyondEdge(page), [], `nothing is beyond the edge of ${width}`);
        t.same(await englishIn(page), [], 'in Portuguese');
        t.same(await violationsIn(page), [], `axe at ${width}`);
        t.same(
          (await unknownClasses(page)).filter((name) => !unstyled.includes(name)),
          [],
        );
        await photograph(page, `${listed.name}-${width}`);
        if (width === 1280) await illustrate(page, listed.name);
        const stops = await tabThrough(page);
        t.same(
          stops.filter(({ isSeen }) => !isSeen),
          [],
          'who goes by keyboard sees where',
        );
        t.equal(stops.length, await focusable(page), 'and comes everywhere');
        t.same(problems, []);
      }
    });
  }
}

async function visitor(scene: BrowserScene, body: string, listed: ListedPage) {
  const { roles, onCase, isBeside = false, stage = 'aberta', before, quota } = listed;
  if (roles === null) {
    return { secret: null, path: (await before?.(scene, { person: '', body: '' })) ?? listed.path };
  }
  const limited = quota === undefined ? null : await madeBody(scene, { ...everything, personQuota: quota });
  const at = limited?.id ?? body;
  const person = await madePerson(scene, at, roles);
  const made = { stage, factor: stage === 'aberta', body: roles.length === 0 ? null : at };
  const { session, secret } = await browserOf(scene, person.id, made);
  const path = (await before?.(scene, { person: person.id, body: at })) ?? listed.path;
  if (onCase === undefined) return { secret, path };
  const number = await madeCase(scene, session, 'execucao-penal', onCase === 'emergency');
  return { secret, path: isBeside ? path : `/caso/${number}${path}` };
}
