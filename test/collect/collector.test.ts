// Tier: quick. In this process, on a PGlite base.
import t, { type Test } from 'tap';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { Collector } from '../../central/collect/collector.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/log.ts';
import { type ArrayView } from '../support/array-source.ts';
import { pgliteBases } from '../support/bases.ts';
import { limits, type Scene, scene as sceneOn } from '../support/collect-scene.ts';
import { deferred } from '../support/deferred.ts';

const bases = await pgliteBases(t);
const log = createLogger('silent', 'test');
const scene = (t: Test, views?: ArrayView[]) => sceneOn(t, bases, views);

function collector(s: Scene, parallel: number): Collector {
  const { base, state } = s;
  const stop = s.stopping.signal;
  return new Collector({ base, baseId: bases.baseId, state, log, parallel, stop, ...limits });
}

void t.test(
  'the collector: one run of a source at a time, and a run row for each that was begun',
  async (t) => {
    const s = scene(t);
    const asked = deferred();
    const mayAnswer = deferred();
    s.source.beforePage = () => {
      asked.resolve();
      return mayAnswer.promise;
    };
    const central = collector(s, 4);
    const first = central.collect(s.name, () => s.source);
    await asked.promise;
    t.equal(central.isRunning(s.name), true);
    t.equal(central.isRunning('another'), false);
    t.match(await central.collect(s.name, () => s.source), {
      outcome: 'failed',
      error: { code: 'source-busy' },
    });
    mayAnswer.resolve();
    t.match(await first, { outcome: 'complete' });
    t.equal(central.isRunning(s.name), false);
    t.match(await central.collect(s.name, () => s.source), { outcome: 'complete' }, 'and again afterwards');
    t.equal(s.source.closed, 2);
  },
);

void t.test('the collector: no more sources at once than it is told', async (t) => {
  const scenes = Array.from({ length: 5 }, () => scene(t));
  const [s] = scenes;
  if (s === undefined) return;
  const central = collector(s, 2);
  let open = 0;
  let most = 0;
  const results = await Promise.all(
    scenes.map(({ name, source }) => {
      const close = source.close.bind(source);
      source.close = () => {
        open--;
        return close();
      };
      return central.collect(name, () => {
        most = Math.max(most, ++open);
        return source;
      });
    }),
  );
  t.equal(most, 2);
  for (const result of results) t.match(result, { outcome: 'complete' });
});

void t.test(
  'the collector: a source that cannot be opened fails by itself, and its run is ended',
  async (t) => {
    const s = scene(t);
    const central = collector(s, 4);
    const failing = central.collect(s.name, () => {
      throw new GuaritaError('secret-missing', 'File "RO.grant".');
    });
    t.match(await failing, { outcome: 'failed', error: { code: 'secret-missing' }, views: [] });
    const state = new Database(join(s.folder, 'central.sqlite'), { readonly: true });
    const runs = state.prepare('SELECT outcome, problem, ended IS NOT NULL AS ended FROM run').all();
    state.close();
    t.strictSame(runs, [{ outcome: 'failed', problem: 'secret-missing', ended: 1 }]);
  },
);
