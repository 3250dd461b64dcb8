import type { Test } from 'tap';
import type { SourceResult } from '../../../central/collect/collect-source.ts';
import { limitsFor } from '../../../central/service/job-queue.ts';
import { type JobControls, Runner, type RunnerOptions } from '../../../central/service/runner.ts';
import type { Job, JobRequest } from '../../../central/state/jobs.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { createLogger } from '../../../shared/log.ts';
import type { ProblemCode } from '../../../shared/problems/catalogue.ts';
import { testFolder } from '../../support/bases.ts';
import { until } from '../../support/deferred.ts';
import { HandClock } from '../../support/hand-clock.ts';

const log = createLogger('silent', 'test');
const minute = 60_000;

interface Doing {
  readonly job: Job;
  readonly controls: JobControls;
  end(outcome: SourceResult['outcome'], code?: ProblemCode): void;
}

/** A runner whose jobs end when the test says so. */
function scene(t: Test, changes: Partial<RunnerOptions> = {}, parallel = 4) {
  const state = openCentralState(testFolder(t));
  t.teardown(() => state.close());
  const clock = new HandClock();
  const doing: Doing[] = [];
  const runner = new Runner({
    ...{ jobs: state.jobs, clock, log, limits: limitsFor(parallel), retryMinutes: 15, isService: true },
    execute: (job, controls) => {
      const { promise, resolve } = Promise.withResolvers<SourceResult>();
      const end: Doing['end'] = (outcome, code) => {
        doing.splice(doing.indexOf(one), 1);
        const error = code === undefined ? null : new GuaritaError(code);
        resolve({ source: job.source, outcome, error, views: [] });
      };
      const one = { job, controls, end };
      doing.push(one);
      return promise;
    },
    ...changes,
  });
  const ask = (source: string, request: Partial<JobRequest> = {}, onProgress?: JobControls['onProgress']) =>
    runner.ask(
      { source, kind: 'collect', view: null, reason: 'schedule', due: clock.now(), ...request },
      onProgress,
    );
  const underWay = async (...names: string[]) => {
    await until(
      names.join(),
      () =>
        doing
          .map(({ job }) => `${job.kind} ${job.source}`)
          .sort()
          .join() === names.join(),
    );
    return doing;
  };
  const open = () =>
    runner.open().map(({ kind, source, begun }) => `${kind} ${source}${begun === null ? '' : ' *'}`);
  return { state, clock, doing, runner, ask, underWay, open };
}

export async function runs(t: Test): Promise<void> {
  await t.test('treatments hold up no collection, and are one at a time', async (t) => {
    const s = scene(t, {}, 1);
    s.ask('AL');
    await s.underWay('collect AL');
    s.ask('AL', { kind: 'treat' });
    s.ask('RO', { kind: 'treat' });
    await s.underWay('collect AL', 'treat AL');
    s.ask('AL', { kind: 'treat-full', reason: 'asked' });
    s.ask('AL', { kind: 'treat', reason: 'collected' });
    t.strictSame(
      s.open(),
      ['collect AL *', 'treat AL *', 'treat RO', 'treat-full AL'],
      'joined to what is to begin',
    );
    s.doing.find(({ job }) => job.kind === 'treat')?.end('failed', 'base-failed');
    await s.underWay('collect AL', 'treat-full AL');
    s.doing.find(({ job }) => job.kind === 'treat-full')?.end('complete');
    await s.underWay('collect AL', 'treat RO');
    s.clock.pass(15 * minute);
    t.strictSame(s.open(), ['collect AL *', 'treat RO *'], 'what was done meanwhile is not tried again');
  });

  await t.test(
    'what a person decided is not done by a run that has begun: it may have passed the view',
    async (t) => {
      const s = scene(t);
      s.ask('AL');
      await s.underWay('collect AL');
      const decided = { source: 'AL', kind: 'collect', view: 'custodiado', reason: 'decided' } as const;
      s.runner.owe({ ...decided, due: s.clock.now() });
      s.runner.owe({ ...decided, due: s.clock.now() });
      t.strictSame(s.open(), ['collect AL *', 'collect AL'], 'one of its own, for both');
      s.doing[0]?.end('complete');
      const [run] = await s.underWay('collect AL');
      t.match(run?.job, { view: 'custodiado', reason: 'decided' });
      run?.end('complete');
    },
  );

  await t.test('two of one kind for one source join, under way or not; both are told the end', async (t) => {
    const s = scene(t);
    const first = s.ask('AL');
    const [run] = await s.underWay('collect AL');
    const told: number[] = [];
    const second = s.ask('AL', { reason: 'asked' }, ({ rows }) => void told.push(rows));
    t.equal(second.job, first.job);
    run?.controls.onProgress({ view: 'unidade', done: 1, total: 2, rows: 7 });
    t.strictSame(told, [7], 'whoever joins sees how far it is');
    run?.end('complete');
    t.match(await first.ended, { outcome: 'complete' });
    t.match(await second.ended, { outcome: 'complete' });
    t.strictSame(s.open(), []);
    t.match(s.state.jobs.last(9), [{ kind: 'collect', outcome: 'complete' }], 'it was one');
  });

  await t.test('a reconciliation that meets a collection is neither lost nor done at once', async (t) => {
    const s = scene(t);
    s.ask('AL');
    await s.underWay('collect AL');
    const reconciled = s.ask('AL', { kind: 'reconcile' });
    t.strictSame(s.open(), ['collect AL *', 'reconcile AL']);
    s.doing[0]?.end('complete');
    await s.underWay('reconcile AL');
    s.doing[0]?.end('complete');
    t.match(await reconciled.ended, { outcome: 'complete' });
  });

  await t.test(
    'a reconciliation takes over the collection that waits, with those who wait for it',
    async (t) => {
      const s = scene(t, {}, 1);
      s.ask('RO');
      await s.underWay('collect RO');
      const collected = s.ask('AL');
      const reconciled = s.ask('AL', { kind: 'reconcile' });
      t.strictSame(s.open(), ['collect RO *', 'reconcile AL']);
      s.doing[0]?.end('complete');
      await s.underWay('reconcile AL');
      t.equal(s.ask('AL').job, reconciled.job, 'it collects as well');
      s.doing[0]?.end('complete');
      t.match(await collected.ended, { outcome: 'complete' });
      t.match(s.state.jobs.find(collected.job), { outcome: 'joined' });
    },
  );

  await t.test('a person goes before what the schedule made due, but not for ever', async (t) => {
    const s = scene(t, {}, 1);
    s.ask('MS');
    await s.underWay('collect MS');
    s.ask('AL');
    s.ask('RO', { reason: 'asked' });
    s.doing[0]?.end('complete');
    await s.underWay('collect RO');
    for (let asked = 0; asked < 7; asked++) {
      s.clock.pass(10 * minute);
      s.ask(`P${asked}`, { reason: 'asked' });
      s.doing[0]?.end('complete');
      await until('the next', () => s.doing.length === 1);
      if (s.doing[0]?.job.source === 'AL') break;
    }
    t.equal(s.doing[0]?.job.source, 'AL', 'those who ask more than an hour after it wait for it');
  });

  await t.test('28 sources, one slow: each of the others is done in its turn', async (t) => {
    const s = scene(t, {}, 4);
    const names = Array.from({ length: 28 }, (_, place) => `S${String(place).padStart(2, '0')}`);
    for (const name of names) s.ask(name);
    const slow = 'S00';
    const order: string[] = [];
    while (order.length < 27) {
      await until('somebody', () => s.doing.some(({ job }) => job.source !== slow));
      const next = s.doing.find(({ job }) => job.source !== slow);
      order.push(next?.job.source ?? '');
      next?.end('complete');
    }
    t.strictSame(order, names.slice(1));
    await until('the slow one alone is left', () => s.open().join() === 'collect S00 *');
  });

  await t.test('reconciliations leave a place to what is short', async (t) => {
    const s = scene(t, {}, 2);
    s.ask('AL', { kind: 'reconcile' });
    s.ask('RO', { kind: 'reconcile' });
    s.ask('MS');
    await s.underWay('collect MS', 'reconcile AL');
    t.pass();
  });

  await t.test(
    'what may pass is tried again after a while; once a source, and the first that begins counts',
    async (t) => {
      const s = scene(t);
      s.ask('AL');
      await s.underWay('collect AL');
      s.doing[0]?.end('failed', 'agent-unreachable');
      await until('it waits', () => s.open().length === 1 && s.doing.length === 0);
      t.match(s.runner.open(), [{ reason: 'retry', due: s.clock.now() + 15 * minute }]);
      s.clock.pass(14 * minute);
      t.equal(s.doing.length, 0);
      const own = s.ask('AL');
      await s.underWay('collect AL');
      t.equal(s.runner.open().length, 1, 'its own time came before');
      s.doing[0]?.end('failed', 'grant-expired');
      t.match(await own.ended, { outcome: 'failed' });
      t.strictSame(s.open(), [], 'what does not pass is not tried again');
      t.strictSame(s.clock.waiting, []);
    },
  );

  await t.test('the service ends: what is under way ends soon, and is begun by the next', async (t) => {
    const s = scene(t);
    const asked = s.ask('AL', { reason: 'asked' });
    const waiting = s.ask('RO', { due: s.clock.now() + minute });
    const [run] = await s.underWay('collect AL');
    const stopped = s.runner.stop();
    t.equal(run?.controls.stop.aborted, true);
    run?.end('stopped');
    await stopped;
    t.match(await asked.ended, { outcome: 'stopped' });
    t.equal(await waiting.ended, null);
    t.match(s.state.jobs.open(), [
      { source: 'AL', reason: 'interrupted', begun: null },
      { source: 'RO', reason: 'schedule' },
    ]);
    s.clock.pass(5 * minute);
    t.equal(s.doing.length, 0, 'nothing begins any more');
  });

  await t.test(
    'a person cancels: what waits is gone, what is under way stops, and neither comes back',
    async (t) => {
      const s = scene(t, {}, 1);
      s.ask('AL');
      const [run] = await s.underWay('collect AL');
      const waits = s.ask('RO');
      t.equal(s.runner.cancel(waits.job), true);
      t.equal(await waits.ended, null);
      t.equal(s.runner.cancel(run?.job.id ?? 0), true);
      t.equal(run?.controls.stop.aborted, true);
      run?.end('stopped');
      await until('it is written down', () => s.open().length === 0);
      t.match(s.state.jobs.last(2), [{ outcome: 'cancelled' }, { outcome: 'cancelled' }]);
      t.equal(s.runner.cancel(waits.job), false, 'there is nothing any more');
    },
  );

  await t.test('who gives up what others want as well ends only its own wait', async (t) => {
    const s = scene(t);
    const one = s.ask('AL', { reason: 'asked' });
    const two = s.ask('AL', { reason: 'asked' });
    const [run] = await s.underWay('collect AL');
    one.cancel();
    t.equal(await one.ended, null);
    t.equal(run?.controls.stop.aborted, false);
    two.cancel();
    t.equal(run?.controls.stop.aborted, true, 'the last one takes it along');
    run?.end('stopped');
    t.match(await two.ended, { outcome: 'stopped' });
  });

  await t.test('what is due by itself is not given up by who joined it', async (t) => {
    const s = scene(t);
    s.ask('AL');
    const joined = s.ask('AL', { reason: 'asked' });
    const [run] = await s.underWay('collect AL');
    joined.cancel();
    t.equal(run?.controls.stop.aborted, false);
    run?.end('complete');
    await until('it ended', () => s.open().length === 0);
  });

  await t.test(
    'an end that cannot be written down holds up nothing, and is written when it can be',
    async (t) => {
      const s = scene(t);
      const end = s.state.jobs.end.bind(s.state.jobs);
      let full = true;
      s.state.jobs.end = (...given) => {
        if (full) throw new GuaritaError('state-unwritable');
        end(...given);
      };
      const first = s.ask('AL');
      await s.underWay('collect AL');
      s.doing[0]?.end('complete');
      t.match(await first.ended, { outcome: 'complete' });
      s.ask('AL');
      await s.underWay('collect AL');
      full = false;
      s.doing[0]?.end('complete');
      await until('both are written', () => s.state.jobs.open().length === 0);
      t.equal(s.state.jobs.last(9).length, 2);
    },
  );

  await t.test('one command does what it asked for, and leaves what a service left', async (t) => {
    const s = scene(t, { isService: false });
    s.state.jobs.add({ source: 'RO', kind: 'collect', view: null, reason: 'interrupted', due: 0 }, 0);
    s.ask('AL', { reason: 'asked' });
    await s.underWay('collect AL');
    s.doing[0]?.end('failed', 'agent-unreachable');
    await until('it ended', () => s.doing.length === 0 && s.open().length === 1);
    t.match(
      s.state.jobs.open(),
      [{ source: 'RO' }, { source: 'AL', reason: 'retry' }],
      'that is a service’s',
    );
    await s.runner.stop();
    t.strictSame(s.clock.waiting, [], 'and keeps the command from ending by nothing');
  });

  await t.test('what a service left is taken along, and left again when it is given up', async (t) => {
    const s = scene(t, { isService: false });
    s.state.jobs.add({ source: 'AL', kind: 'collect', view: null, reason: 'interrupted', due: 0 }, 0);
    const ticket = s.ask('AL', { reason: 'asked' });
    const [run] = await s.underWay('collect AL');
    ticket.cancel();
    t.equal(await ticket.ended, null);
    const stopped = s.runner.stop();
    run?.end('stopped');
    await stopped;
    t.match(s.state.jobs.open(), [{ source: 'AL', begun: null }], 'it is owed still');
  });

  await t.test('what was owed before a person joined it is not cancelled with the person', async (t) => {
    const s = scene(t, {}, 1);
    s.state.jobs.add({ source: 'AL', kind: 'collect', view: null, reason: 'interrupted', due: 0 }, 0);
    s.ask('RO');
    await until('one is under way', () => s.doing.length === 1);
    const joined = s.ask('AL', { kind: 'reconcile', reason: 'asked' });
    joined.cancel();
    t.equal(await joined.ended, null);
    t.equal(s.open().filter((job) => job.endsWith('AL') || job.endsWith('AL *')).length, 1);
  });

  await t.test('who asks while a job is being stopped has another one after it', async (t) => {
    const s = scene(t);
    const first = s.ask('AL', { reason: 'asked' });
    const [run] = await s.underWay('collect AL');
    first.cancel();
    const second = s.ask('AL');
    t.not(second.job, first.job);
    t.equal(s.doing.length, 1, 'not at once');
    run?.end('stopped');
    t.match(await first.ended, { outcome: 'stopped' });
    await s.underWay('collect AL');
    s.doing[0]?.end('complete');
    t.match(await second.ended, { outcome: 'complete' });
  });

  await t.test('what is due while the disk is full is written down, and done, when it is not', async (t) => {
    const s = scene(t);
    const add = s.state.jobs.add.bind(s.state.jobs);
    let full = true;
    s.state.jobs.add = (...given) => {
      if (full) throw new GuaritaError('state-unwritable');
      return add(...given);
    };
    s.runner.owe({ source: 'AL', kind: 'collect', view: null, reason: 'schedule', due: s.clock.now() });
    t.throws(() => s.ask('RO', { reason: 'asked' }), { code: 'state-unwritable' }, 'a person is told');
    t.equal(s.doing.length, 0);
    full = false;
    s.clock.pass(minute);
    await s.underWay('collect AL');
    full = true;
    s.doing[0]?.end('failed', 'agent-unreachable');
    await until('it ended', () => s.doing.length === 0);
    full = false;
    s.clock.pass(minute);
    t.match(s.runner.open(), [{ source: 'AL', reason: 'retry' }], 'nor is another try forgotten');
  });

  await t.test('asked after the end: written down for the next, and told that it was not done', async (t) => {
    const s = scene(t);
    await s.runner.stop();
    const late = s.ask('AL', { reason: 'asked' });
    t.equal(await late.ended, null);
    t.match(s.state.jobs.open(), [{ source: 'AL' }]);
  });

  await t.test('what is told of an end may fail without harm', async (t) => {
    const s = scene(t, {
      onEnded: () => {
        throw new TypeError('broken pipe');
      },
    });
    const { ended } = s.ask('AL');
    await s.underWay('collect AL');
    s.doing[0]?.end('complete');
    t.match(await ended, { outcome: 'complete' });
  });
}
