import type { Test } from 'tap';
import { collectView } from '../../../central/collect/view/collect-view.ts';
import type { ViewTurn } from '../../../central/collect/view/view-turn.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ArraySource } from '../../support/array-source.ts';
import type { TestBases } from '../../support/bases.ts';
import { place } from '../../support/collect-scene.ts';
import { deferred } from '../../support/deferred.ts';
import { sameRows, type ViewScene, viewScene } from './view-scene.ts';

/** A source whose second page comes at the very moment that the test chooses. */
function secondPageWhenAsked(s: ViewScene) {
  const asked = deferred();
  const page = deferred<Awaited<ReturnType<ArraySource['page']>>>();
  const source: ViewTurn['source'] = {
    describe: () => s.source.describe(),
    close: () => s.source.close(),
    digests: (view, request) => s.source.digests(view, request),
    list: (view, request) => s.source.list(view, request),
    lookup: (view, request) => s.source.lookup(view, request),
    page(view, request) {
      if (place(request.after) !== 10 || s.pauses.length > 0) return s.source.page(view, request);
      asked.resolve();
      return page.promise;
    },
  };
  const answer = async () =>
    s.source.page('custodiado', {
      after: JSON.stringify(['first', s.target.view.fingerprint, 10]),
      until: '35',
    });
  return { source, asked: asked.promise, page, answer };
}

/** A run of one view that is told to stop, and what comes at the same moment as a stop or a failure. */
export async function viewStopped(t: Test, bases: TestBases): Promise<void> {
  await t.test('stop: the page in hand is loaded and its checkpoint written', async (t) => {
    const s = await viewScene(bases);
    s.base.beforeCopy = (count) => {
      if (count === 2) s.stopping.abort();
    };
    const { outcome, counts, error } = await collectView(s.turn);
    t.strictSame(outcome, { kind: 'stopped' });
    t.equal(error, null);
    t.equal(counts.rows, 20);
    t.strictSame(
      s.checkpoints.map(({ cursor, loads }) => [place(cursor), loads]),
      [
        [10, 1],
        [20, 2],
      ],
    );
    t.strictSame((await s.stored()).length, 20);
  });

  await t.test('stop ends a wait, and a fetch that does not answer', async (t) => {
    const waiting = await viewScene(bases);
    waiting.source.beforePage = () => {
      throw new GuaritaError('source-timeout');
    };
    const stopInstead: ViewTurn['pause'] = async (_milliseconds, signal) => {
      waiting.stopping.abort();
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    };
    const { outcome } = await collectView({ ...waiting.turn, pause: stopInstead });
    t.strictSame(outcome, { kind: 'stopped' });

    const silent = await viewScene(bases);
    silent.source.beforePage = () => {
      silent.stopping.abort();
      return new Promise<void>(() => undefined);
    };
    t.strictSame((await collectView(silent.turn)).outcome, { kind: 'stopped' });
  });

  await t.test('a run that is told to stop before it begins does nothing', async (t) => {
    const s = await viewScene(bases);
    s.stopping.abort();
    t.strictSame((await collectView(s.turn)).outcome, { kind: 'stopped' });
    t.equal(s.checkpoints.length, 0);
  });

  await t.test('a page that crosses a stop on its way is dropped', async (t) => {
    const s = await viewScene(bases);
    const second = secondPageWhenAsked(s);
    const mayLoad = deferred();
    s.base.beforeCopy = () => mayLoad.promise;
    const run = collectView({ ...s.turn, source: second.source });
    await second.asked;
    const page = await second.answer();
    // Both in the same turn of the event loop: the page is there before the run has seen the stop.
    second.page.resolve(page);
    s.stopping.abort();
    mayLoad.resolve();
    t.match(await run, { outcome: { kind: 'stopped' }, counts: { rows: 10 } });
  });

  await t.test('a page that crosses the failure of the load before it is dropped', async (t) => {
    // How many microtasks lie between the base's answer and the run is no one's business: try all near ones.
    for (let ticks = 0; ticks < 12; ticks++) {
      const s = await viewScene(bases);
      const second = secondPageWhenAsked(s);
      const crossing = deferred();
      let failures = 1;
      s.base.afterCommit = async () => {
        if (failures-- !== 1) return;
        await crossing.promise;
        throw new GuaritaError('base-unavailable');
      };
      const run = collectView({ ...s.turn, source: second.source });
      await second.asked;
      const page = await second.answer();
      crossing.resolve();
      for (let i = 0; i < ticks; i++) await Promise.resolve();
      second.page.resolve(page);
      const { outcome } = await run;
      t.strictSame(outcome, { kind: 'complete' }, `${ticks} microtasks later`);
      await sameRows(t, s);
    }
  });
}
