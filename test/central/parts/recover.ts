import type { Test } from 'tap';
import { plannedOf } from '../../../central/service/plans.ts';
import { catchUp } from '../../../central/service/recover.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { testFolder } from '../../support/bases.ts';

const now = Date.parse('2026-06-17T12:00:00Z');
const hour = 3_600_000;
const config = { schedule: '0 3 * * *', reconcile: { schedule: '0 5 * * 0', views: [] }, timeZone: 'UTC' };
const source = { uf: 'AL', url: 'http://127.0.0.1:1', agentKey: 'k', grant: 'g' };
const options = { now, milliseconds: 120_000, mostAhead: hour, random: () => 0.5 };
const collect = { kind: 'collect' as const, source: 'AL', view: null, reason: 'schedule' as const };

function state(t: Test) {
  const opened = openCentralState(testFolder(t));
  t.teardown(() => opened.close());
  return opened;
}

export async function recovers(t: Test): Promise<void> {
  await t.test(
    'after a week of being off: what was missed is made up for, once a source, at a moment of its own',
    (t) => {
      const { jobs, views } = state(t);
      const done = (kind: 'collect' | 'reconcile', at: number) => {
        const { id } = jobs.add({ ...collect, kind, due: at }, at);
        jobs.begin(id, at);
        jobs.end(id, 'complete', null, at + hour);
      };
      done('reconcile', now - 9 * 24 * hour);
      done('collect', now - 8 * 24 * hour);
      const planned = plannedOf([source], config, { jobs, views }, now);
      t.match(planned, [
        { kind: 'collect', previous: Date.parse('2026-06-17T03:00:00Z'), lastDone: now - 8 * 24 * hour },
        { kind: 'reconcile', previous: Date.parse('2026-06-14T05:00:00Z'), lastDone: now - 9 * 24 * hour },
      ]);
      t.strictSame(catchUp(planned, [], options).missed, [
        { kind: 'reconcile', source: 'AL', view: null, reason: 'missed', due: now + 60_000 },
      ]);
      done('reconcile', now - 24 * hour);
      t.match(catchUp(plannedOf([source], config, { jobs, views }, now), [], options).missed, [
        { kind: 'collect' },
      ]);
      done('collect', now - 9 * hour);
      t.strictSame(catchUp(plannedOf([source], config, { jobs, views }, now), [], options).missed, []);
      t.end();
    },
  );

  await t.test('a folder of an earlier version kept no jobs: its views tell when they were done', (t) => {
    const { jobs, views } = state(t);
    views.save('AL', 'unidade', { collected: '2026-06-16T03:00:00Z', reconciled: '2026-06-14T05:00:01Z' });
    views.save('AL', 'custodiado', { collected: '2026-06-17T03:00:01Z', reconciled: null });
    t.match(catchUp(plannedOf([source], config, { jobs, views }, now), [], options).missed, [
      { kind: 'collect' },
    ]);
    t.end();
  });

  await t.test(
    'what was never done was never missed; what failed was not missed, and is tried again by itself',
    (t) => {
      const { jobs, views } = state(t);
      t.strictSame(catchUp(plannedOf([source], config, { jobs, views }, now), [], options).missed, []);
      const { id } = jobs.add({ ...collect, due: now }, now);
      jobs.begin(id, now - 2 * hour);
      jobs.end(id, 'failed', 'agent-unreachable', now - hour);
      t.strictSame(catchUp(plannedOf([source], config, { jobs, views }, now), [], options).missed, []);
      t.end();
    },
  );

  await t.test(
    'what waits is spread out when it is due, left alone when it is not, dropped for a state that is gone',
    (t) => {
      const { jobs, views } = state(t);
      jobs.add({ ...collect, reason: 'interrupted', due: now - hour }, now - hour);
      jobs.add({ ...collect, view: 'unidade', reason: 'retry', due: now + hour }, now);
      jobs.add({ ...collect, source: 'XX', due: now - hour }, now - hour);
      const { spread, dropped } = catchUp(
        plannedOf([source], config, { jobs, views }, now),
        jobs.open(),
        options,
      );
      t.strictSame(spread, [{ id: 1, reason: 'interrupted', due: now + 60_000 }]);
      t.match(dropped, [{ id: 3 }]);
      // The clock stands two hours earlier: nothing is asked for so long ahead.
      const back = catchUp([], jobs.open(), { ...options, now: now - 2 * hour });
      t.strictSame(back.spread, []);
      const planned = plannedOf([source], config, { jobs, views }, now);
      t.match(catchUp(planned, jobs.open(), { ...options, now: now - 2 * hour }).spread, [{ id: 2 }]);
      t.equal(dropped.length, 1);
      t.end();
    },
  );

  await t.test(
    'a view with times of its own: they are made up for, too, where the state has the view',
    (t) => {
      const { views } = state(t);
      views.save('AL', 'movimentacao', {
        collected: '2026-06-17T03:00:01Z',
        reconciled: '2026-06-15T22:00:00Z',
      });
      const own = { view: 'movimentacao', schedule: '0 22 * * *' };
      const reconcile = {
        schedule: '0 5 1 1 *',
        views: [own, { ...own, uf: 'RO' }, { ...own, view: 'visita' }],
      };
      const sources = [source, { ...source, uf: 'RO' }];
      const planned = plannedOf(sources, { ...config, reconcile }, { jobs: state(t).jobs, views }, now);
      const named = planned.flatMap(({ source, view }) => (view === undefined ? [] : [`${source} ${view}`]));
      t.strictSame(named, [
        'AL movimentacao',
        'AL visita',
        'RO movimentacao',
        'RO movimentacao',
        'RO visita',
      ]);
      const missed = catchUp(planned, [], options).missed.filter(({ view }) => view !== null);
      t.match(missed, [{ kind: 'reconcile', source: 'AL', view: 'movimentacao' }]);
      t.equal(missed.length, 1);
      views.save('RO', 'movimentacao', {
        collected: '2026-06-17T03:00:01Z',
        reconciled: '2026-06-15T22:00:00Z',
      });
      const twice = plannedOf(sources, { ...config, reconcile }, { jobs: state(t).jobs, views }, now);
      const both = catchUp(twice, [], options).missed.filter(({ view }) => view !== null);
      t.strictSame(
        both.map(({ source }) => source),
        ['AL', 'RO'],
        'once, however often it is named',
      );
      t.end();
    },
  );
}
