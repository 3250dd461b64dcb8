import type { Test } from 'tap';
import { GuaritaError } from '../../../shared/errors.ts';
import { afters, type MakeScene, sameRows, view } from '../../support/collect-scene.ts';

/** A run that is told to stop, wherever it is. */
export async function stopped(t: Test, scene: MakeScene): Promise<void> {
  await t.test(
    'stop: the page in hand is loaded, no other view is begun, the next run goes on',
    async (t) => {
      const s = scene(t, [view('custodiado'), view('visitante')]);
      s.base.beforeCopy = (count) => {
        if (count === 2) s.stopping.abort();
      };
      t.match(await s.run(), { outcome: 'stopped', error: null, views: [{ outcome: 'stopped', rows: 20 }] });
      t.notOk(s.source.asked.some(({ view }) => view === 'visitante'));
      s.source.asked.length = 0;
      t.match(await s.run({ stop: new AbortController().signal }), {
        outcome: 'complete',
        views: [
          { rows: 15, new: 15 },
          { rows: 35, new: 35 },
        ],
      });
      t.equal(afters(s)[0], 20);
      await sameRows(t, s);
    },
  );

  await t.test('a source whose turn comes after the stop is not asked for anything', async (t) => {
    const s = scene(t);
    s.stopping.abort();
    const result = await s.run();
    t.strictSame(result, { source: s.name, outcome: 'stopped', error: null, views: [] });
    t.equal(s.source.describes, 0);
  });

  await t.test('a stop during the description, or a wait for it, is the last of the run', async (t) => {
    const described = scene(t);
    described.source.beforeDescribe = () => described.stopping.abort();
    t.match(await described.run(), { outcome: 'stopped', error: null, views: [] });
    t.equal(described.source.asked.length, 0);

    const waiting = scene(t);
    waiting.source.beforeDescribe = () => {
      throw new GuaritaError('agent-unreachable');
    };
    const result = await waiting.run({ pause: async () => waiting.stopping.abort() });
    t.match(result, { outcome: 'stopped', error: { code: 'agent-unreachable' } });
    t.equal(waiting.source.describes, 1);
  });

  await t.test('a stop that comes while the very last page loads leaves nothing undone', async (t) => {
    const s = scene(t);
    s.base.beforeCopy = (count) => {
      if (count === 4) s.stopping.abort();
    };
    t.match(await s.run(), { outcome: 'complete', views: [{ outcome: 'complete', rows: 35 }] });
  });
}
