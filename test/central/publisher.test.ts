// Tier: quick. What the base shows of jobs, on both bases.
import t from 'tap';
import type { Base } from '../../central/base/base.ts';
import { Publisher } from '../../central/service/publisher.ts';
import { openCentralState } from '../../central/state/state.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/log.ts';
import { onEachBase, query, testFolder } from '../support/bases.ts';
import { HandClock } from '../support/hand-clock.ts';

const log = createLogger('silent', 'test');
const asked = { kind: 'collect' as const, view: null, reason: 'schedule' as const };

onEachBase(t, async (t, bases) => {
  await t.test(
    'the base shows what waits, is under way and was done; a folder that is no more is forgotten',
    async (t) => {
      const base = bases.shared;
      const shown = () =>
        query(
          base,
          `SELECT id::int, source, outcome, done, begun IS NOT NULL AS begun, ended IS NOT NULL AS ended,
          extract(epoch FROM due)::float8 AS due FROM guarita.job ORDER BY id`,
        );
      const clock = new HandClock(1_800_000_000_123);
      const state = openCentralState(testFolder(t));
      t.teardown(() => state.close());
      const { jobs } = state;
      const publisher = new Publisher(base, jobs, clock, log);
      jobs.add({ ...asked, source: 'AL', due: clock.now() }, clock.now());
      jobs.add({ ...asked, source: 'RO', due: clock.now() + 60_000 }, clock.now());
      jobs.begin(1, clock.now());
      jobs.progress(1, { done: 2, total: 7, rows: 11 });
      publisher.changed();
      clock.pass(2000);
      await publisher.settled();
      t.match(await shown(), [
        { id: 1, source: 'AL', begun: true, ended: false, done: 2, due: 1_800_000_000.123 },
        { id: 2, source: 'RO', begun: false, ended: false, done: null },
      ]);
      // Written down late, by a clock that was set back meanwhile.
      jobs.end(1, 'complete', null, clock.now() - 3_600_000);
      await publisher.close();
      t.match(await shown(), [
        { id: 1, outcome: 'complete', ended: true },
        { id: 2, outcome: null },
      ]);

      const other = openCentralState(testFolder(t));
      t.teardown(() => other.close());
      other.jobs.add({ ...asked, source: 'MS', due: 0 }, 0);
      await new Publisher(base, other.jobs, clock, log).close();
      t.match(await shown(), [{ id: 1, source: 'MS' }]);
      t.equal((await shown()).length, 1);
    },
  );

  await t.test('a base that cannot be had holds up nothing, and is shown all of it later', async (t) => {
    const clock = new HandClock();
    const state = openCentralState(testFolder(t));
    t.teardown(() => state.close());
    const { jobs } = state;
    let down = true;
    const base: Base = Object.create(bases.shared, {
      transaction: {
        value: (...given: Parameters<Base['transaction']>) =>
          down ? Promise.reject(new GuaritaError('base-unavailable')) : bases.shared.transaction(...given),
      },
    }) as Base;
    const publisher = new Publisher(base, jobs, clock, log);
    jobs.add({ ...asked, source: 'AL', due: 0 }, 0);
    publisher.changed();
    clock.pass(2000);
    await publisher.settled();
    down = false;
    clock.pass(60_000);
    await publisher.settled();
    t.match(await query(bases.shared, 'SELECT source FROM guarita.job'), [{ source: 'AL' }]);
    await publisher.close();
    t.strictSame(clock.waiting, []);
  });
});
