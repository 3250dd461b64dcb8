import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { Collector } from '../../../central/collect/collector.ts';
import { systemClock } from '../../../central/service/clock.ts';
import { limitsFor } from '../../../central/service/job-queue.ts';
import { Runner } from '../../../central/service/runner.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { createLogger } from '../../../shared/log.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { limits, type MakeScene, type Scene } from '../../support/collect-scene.ts';
import { deferred } from '../../support/deferred.ts';

const log = createLogger('silent', 'test');
const once = { reconcile: false, view: null, onProgress: () => undefined };

/** The collector as the service has it: each job is begun by the runner, in its turn. */
function central(s: Scene, parallel: number, open: (name: string) => ViewSource) {
  const { base, baseId, state } = s;
  const collector = new Collector({ base, baseId, state, log, ...limits });
  const runner = new Runner({
    ...{ jobs: state.jobs, clock: systemClock, limits: limitsFor(parallel), retryMinutes: 15, log },
    isService: true,
    execute: (job, { stop }) => collector.collect(job.source, () => open(job.source), { ...once, stop }),
  });
  const collect = (source: string) =>
    runner.ask({ source, kind: 'collect', view: null, reason: 'asked', due: Date.now() }).ended;
  return { runner, collect };
}

/** The collector as the service has it: who asks at the same time, and how many sources there are at once. */
export async function collector(t: Test, scene: MakeScene): Promise<void> {
  await t.test(
    'one run of a source at a time: who asks meanwhile joins it, and has its result',
    async (t) => {
      const s = scene(t);
      const asked = deferred();
      const mayAnswer = deferred();
      s.source.beforePage = () => {
        asked.resolve();
        return mayAnswer.promise;
      };
      const { runner, collect } = central(s, 4, () => s.source);
      const first = collect(s.name);
      await asked.promise;
      t.match(runner.open(), [{ source: s.name, begun: Number }]);
      const second = collect(s.name);
      mayAnswer.resolve();
      t.match(await first, { outcome: 'complete' });
      t.match(await second, { outcome: 'complete' });
      t.equal(s.source.closed, 1);
      t.strictSame(runner.open(), []);
      t.match(await collect(s.name), { outcome: 'complete' }, 'and again afterwards');
      t.equal(s.source.closed, 2);
    },
  );

  await t.test('no more sources at once than central is told', async (t) => {
    const scenes = Array.from({ length: 5 }, () => scene(t));
    const [s] = scenes;
    if (s === undefined) return;
    let opened = 0;
    let most = 0;
    for (const { source } of scenes) {
      const close = source.close.bind(source);
      source.close = () => {
        opened--;
        return close();
      };
    }
    const { collect } = central(s, 2, (name) => {
      most = Math.max(most, ++opened);
      return scenes.find((one) => one.name === name)?.source ?? s.source;
    });
    const results = await Promise.all(scenes.map(({ name }) => collect(name)));
    t.equal(most, 2);
    for (const result of results) t.match(result, { outcome: 'complete' });
  });

  await t.test(
    'the collector: a source that cannot be opened fails by itself, and its run is ended',
    async (t) => {
      const s = scene(t);
      const { base, baseId, state: ownState } = s;
      const collector = new Collector({ base, baseId, state: ownState, log, ...limits });
      const open = () => {
        throw new GuaritaError('secret-missing', 'File "RO.grant".');
      };
      const failing = collector.collect(s.name, open, { ...once, stop: s.stopping.signal });
      t.match(await failing, { outcome: 'failed', error: { code: 'secret-missing' }, views: [] });
      const state = new Database(join(s.folder, 'central.sqlite'), { readonly: true });
      const runs = state.prepare('SELECT outcome, problem, ended IS NOT NULL AS ended FROM run').all();
      state.close();
      t.strictSame(runs, [{ outcome: 'failed', problem: 'secret-missing', ended: 1 }]);
    },
  );
}
