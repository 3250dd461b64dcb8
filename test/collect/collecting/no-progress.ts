import type { Test } from 'tap';
import { collectView } from '../../../central/collect/view/collect-view.ts';
import type { ViewTurn } from '../../../central/collect/view/view-turn.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { PageRequest, ViewMode } from '../../../shared/sources/view-source.ts';
import type { TestBases } from '../../support/bases.ts';
import { type ViewScene, viewScene } from './view-scene.ts';

/** From which row a page is, and its cursor. */
type Change = (place: number, request: PageRequest) => [number, string];

/** Far more than any of these may take. */
const many = 50;

/** The source's own pages, changed, and counted. */
function pagesOf(s: ViewScene, change: Change) {
  const page = s.source.page.bind(s.source);
  const { fingerprint, epoch } = s.target.view;
  let asked = 0;
  s.source.page = async (view, request) => {
    if (++asked > many) s.stopping.abort();
    const [from, next] = change(asked, request);
    const given = await page(view, { after: JSON.stringify([epoch, fingerprint, from]), until: null });
    return { ...given, complete: false, until: 'x', next };
  };
  return () => asked;
}

function inMode(s: ViewScene, mode: ViewMode): ViewTurn {
  return { ...s.turn, target: { ...s.target, view: { ...s.target.view, mode } } };
}

/** A source whose answers lead nowhere, and one that is too slow for large ones. */
export async function noProgress(t: Test, bases: TestBases): Promise<void> {
  await t.test('pages that lead nowhere are not asked for again and again', async (t) => {
    for (const [what, change] of [
      ['its own cursor', () => [0, 'here']],
      ['one of two cursors', (_place, { after }) => (after === 'a' ? [10, 'b'] : [0, 'a'])],
      ['the same rows, sealed anew each time', (place) => [0, `sealed ${place}`]],
      ['the rows of two pages by turns, sealed anew', (place) => [(place % 2) * 10, `sealed ${place}`]],
    ] as [string, Change][]) {
      for (const mode of ['watermark', 'snapshot', 'changelog'] as const) {
        const s = await viewScene(bases);
        const asked = pagesOf(s, change);
        const outcome = { kind: 'failed', code: 'page-invalid' };
        t.match(await collectView(inMode(s, mode)), { outcome }, `${mode}: ${what}`);
        t.ok(asked() <= 5, `${mode}: ${what}: asked for ${asked()} pages`);
      }
    }
  });

  await t.test('a page that may be read again after a failure is no page that leads nowhere', async (t) => {
    const s = await viewScene(bases);
    s.base.afterCommit = (count) => {
      if (count === 2) throw new GuaritaError('base-unavailable');
    };
    s.source.beforePage = (_asked, count) => {
      if (count === 3 || count === 6) throw new GuaritaError('agent-unreachable');
    };
    t.match(await collectView(s.turn), { outcome: { kind: 'complete' } });
  });

  await t.test('a page that is late or was cut is asked for in smaller pieces', async (t) => {
    for (const failure of [
      new GuaritaError('agent-timeout'),
      new GuaritaError('source-timeout'),
      new GuaritaError('agent-unreachable', '', { members: { received: 4096 } }),
    ]) {
      const s = await viewScene(bases);
      const page = s.source.page.bind(s.source);
      const limits: (number | undefined)[] = [];
      s.source.page = (view, request) => {
        limits.push(request.limit);
        if ((request.limit ?? 20_000) > 1000) throw failure;
        return page(view, request);
      };
      t.match(await collectView(s.turn), { outcome: { kind: 'complete' }, counts: { rows: 35 } });
      t.strictSame(limits.slice(0, 4), [undefined, 5000, 1250, 312]);
    }
    const s = await viewScene(bases);
    const limits: (number | undefined)[] = [];
    s.source.page = (_view, { limit }) => {
      limits.push(limit);
      throw new GuaritaError('agent-unreachable', 'ECONNREFUSED.', { members: { received: 0 } });
    };
    t.match(await collectView(s.turn), { outcome: { kind: 'failed' } });
    t.strictSame(
      new Set(limits),
      new Set([undefined]),
      'an agent that is not there is none the better for it',
    );
  });
}
