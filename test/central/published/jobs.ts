import type { Test } from 'tap';
import { query, type TestBases } from '../../support/bases.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { ShownScene } from '../../support/shown-scene.ts';

const asked = { kind: 'collect' as const, view: null, reason: 'schedule' as const };

/** What waits, is under way and was done. */
export async function showsJobs(t: Test, { shared: base }: TestBases): Promise<void> {
  await t.test('what waits, is under way and was done; a folder that is no more is forgotten', async (t) => {
    const shown = () =>
      query(
        base,
        `SELECT id::int, source, outcome, done, begun IS NOT NULL AS begun, ended IS NOT NULL AS ended,
          extract(epoch FROM due)::float8 AS due FROM guarita.job ORDER BY id`,
      );
    const s = new ShownScene(t, base);
    const { clock, state } = s;
    const { jobs } = state;
    jobs.add({ ...asked, source: 'AL', due: clock.now() }, clock.now());
    jobs.add({ ...asked, source: 'RO', due: clock.now() + 60_000 }, clock.now());
    jobs.begin(1, clock.now());
    jobs.progress(1, { done: 2, total: 7, rows: 11 });
    await s.shows();
    t.match(await shown(), [
      { id: 1, source: 'AL', begun: true, ended: false, done: 2, due: 1_800_000_000.123 },
      { id: 2, source: 'RO', begun: false, ended: false, done: null },
    ]);
    // Written down late, by a clock that was set back meanwhile.
    jobs.end(1, 'complete', null, clock.now() - 3_600_000);
    await s.publisher.close();
    t.match(await shown(), [
      { id: 1, outcome: 'complete', ended: true },
      { id: 2, outcome: null },
    ]);

    const other = new ShownScene(t, base);
    other.state.jobs.add({ ...asked, source: 'MS', due: 0 }, 0);
    await other.publisher.close();
    t.match(await shown(), [{ id: 1, source: 'MS' }]);
    t.equal((await shown()).length, 1);
  });

  await t.test('a base that cannot be had holds up nothing, and is shown all of it later', async (t) => {
    const s = new ShownScene(t, base, new HandClock());
    s.base.fails = 'before';
    s.state.jobs.add({ ...asked, source: 'AL', due: 0 }, 0);
    await s.shows();
    s.base.fails = null;
    s.clock.pass(60_000);
    await s.publisher.settled();
    t.match(await query(base, 'SELECT source FROM guarita.job'), [{ source: 'AL' }]);
    await s.publisher.close();
    t.strictSame(s.clock.waiting, []);
  });
}
