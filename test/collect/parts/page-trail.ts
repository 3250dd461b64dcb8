import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { PageTrail } from '../../../central/collect/view/page-trail.ts';
import type { ViewTurn } from '../../../central/collect/view/view-turn.ts';
import { lossOfPages } from '../../../central/collect/view/weigh-pages.ts';
import type { Page, PageRequest, ViewMode, ViewSource } from '../../../shared/sources/view-source.ts';
import { linesOf, people, viewOf } from '../../support/array-source.ts';

function targetOf(mode: ViewMode): ViewTurn['target'] {
  const view = viewOf('custodiado', ['id', 'nome', 'atualizado_em'], { mode });
  return { view } as Partial<ViewTurn['target']> as ViewTurn['target'];
}

const { fingerprint, epoch } = targetOf('changelog').view;
let sealed = 0;

/** Ten rows from this one on, with a cursor that no other page has. */
function pageAt(from: number, changes: Partial<Page> = {}): Page {
  const lines = linesOf(people(from, from + 9));
  const info = { rows: 10, next: `sealed ${sealed++}`, until: 'x', complete: false };
  return { lines, ...info, fingerprint, epoch, ...changes };
}

/** Each is asked for with the cursor of the one before, and done with. Returns after how many one was refused. */
function taken(mode: ViewMode, begin: string | null, pages: Iterable<Page>): number | null {
  const trail = new PageTrail(targetOf(mode));
  let after = begin;
  let count = 0;
  for (const page of pages) {
    try {
      trail.require(page, after);
    } catch {
      return count;
    }
    trail.pass(after);
    after = page.next;
    count++;
  }
  return null;
}

const round = (times: number) => Array.from({ length: times * 2 }, (_, place) => pageAt((place % 2) * 10));

export async function pageTrails(t: Test): Promise<void> {
  await t.test('C4 by key or watermark no page begins with the row of another one', (t) => {
    t.equal(taken('watermark', null, round(2)), 2);
    t.equal(taken('watermark', 'later', round(2)), 2);
    t.equal(taken('snapshot', null, round(2)), 2);
    t.equal(taken('changelog', null, round(2)), 2, 'the first read of a change log goes by key');
    t.end();
  });

  await t.test('C4 a log may repeat its pages for long, and not without end', (t) => {
    t.equal(taken('changelog', 'log', round(100)), null);
    t.equal(taken('changelog', 'log', round(400)), 200);
    const other = Array.from({ length: 500 }, (_, place) => pageAt(place));
    t.equal(taken('changelog', 'log', other), null, 'pages that differ are no repetition');
    const last = pageAt(0, { complete: true });
    t.equal(taken('changelog', 'log', [...round(100), last]), null, 'the last page asks for no other');
    t.end();
  });

  await t.test('C4 a page that is asked for again after a failure is no repetition', (t) => {
    for (const [mode, begin] of [
      ['watermark', null],
      ['changelog', 'log'],
    ] as const) {
      const trail = new PageTrail(targetOf(mode));
      const first = pageAt(0);
      trail.require(first, begin);
      // It fails to load while the next one is here already: both come again, the next with another cursor.
      for (let tries = 0; tries < 150; tries++) {
        const again = pageAt(0);
        trail.require(again, begin);
        trail.require(pageAt(10), again.next);
      }
      trail.pass(begin);
      t.doesNotThrow(() => trail.require(pageAt(10), 'next'), mode);
    }
    t.end();
  });

  await t.test('C4 a loss is not weighed round and round', async (t) => {
    let asked = 0;
    const page = (_view: string, { signal }: PageRequest) => {
      signal?.throwIfAborted();
      return Promise.resolve(pageAt((asked++ % 2) * 10, { complete: asked > 400 }));
    };
    const turn: Partial<ViewTurn> = {
      source: { page } as Partial<ViewSource> as ViewSource,
      base: { stepMilliseconds: null, transaction: () => Promise.resolve([]) } as unknown as Base,
      target: targetOf('changelog'),
      stop: new AbortController().signal,
      onFailure: () => undefined,
    };
    const place = { committed: 'log', until: 'x', failures: 0 };
    await t.rejects(lossOfPages(turn as ViewTurn, place), { code: 'page-invalid' });
    t.equal(asked, 201);
  });
}
