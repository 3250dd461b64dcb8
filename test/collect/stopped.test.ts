// Tier: quick. In this process, on a PGlite base.
import t, { type Test } from 'tap';
import { GuaritaError } from '../../shared/errors.ts';
import { type ArrayView } from '../support/array-source.ts';
import { pgliteBases } from '../support/bases.ts';
import { type Scene, sameRows, scene as sceneOn, view } from '../support/collect-scene.ts';

const bases = await pgliteBases(t);
const scene = (t: Test, views?: ArrayView[]) => sceneOn(t, bases, views);

const afters = (s: Scene) =>
  s.source.asked.map(({ after }) => (after === null ? 0 : (JSON.parse(after) as unknown[])[2]));

void t.test('stop: the page in hand is loaded, no other view is begun, the next run goes on', async (t) => {
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
});

void t.test('a source whose turn comes after the stop is not asked for anything', async (t) => {
  const s = scene(t);
  s.stopping.abort();
  const result = await s.run();
  t.strictSame(result, { source: s.name, outcome: 'stopped', error: null, views: [] });
  t.equal(s.source.describes, 0);
});

void t.test('a stop during the description, or a wait for it, is the last of the run', async (t) => {
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

void t.test('a stop that comes while the very last page loads leaves nothing undone', async (t) => {
  const s = scene(t);
  s.base.beforeCopy = (count) => {
    if (count === 4) s.stopping.abort();
  };
  t.match(await s.run(), { outcome: 'complete', views: [{ outcome: 'complete', rows: 35 }] });
});
