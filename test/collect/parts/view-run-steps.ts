import type { Test } from 'tap';
import { maxFailures } from '../../../central/collect/backoff.ts';
import {
  type Command,
  type Outcome,
  startRun,
  step,
  type Trouble,
} from '../../../central/collect/view/view-run.ts';
import type { PageInfo } from '../../../shared/sources/view-source.ts';
import {
  begin,
  bound,
  type Event,
  fetched,
  fetchFailed,
  later,
  loaded,
  loadFailed,
  no,
  page,
  restart,
  type State,
  stop,
  waited,
} from '../view-run/events.ts';

/** Feeds events to a new run; returns where it came to and what the last of them commanded. */
function after(...events: readonly Event[]): { state: State; commands: readonly Command<PageInfo>[] } {
  let state = startRun<PageInfo>('c0');
  let commands: readonly Command<PageInfo>[] = [];
  for (const event of events) ({ state, commands } = step(state, event));
  return { state, commands };
}

/** The way to each state, so that every row of the table can be tried. */
const ways = {
  idle: [],
  fetching: [begin],
  overlapping: [begin, fetched(1)],
  holding: [begin, fetched(1), fetched(2)],
  finishing: [begin, fetched(1, true)],
  settling: [begin, fetched(1), fetchFailed(later)],
  waiting: [begin, fetchFailed(later)],
  ended: [begin, fetchFailed(no)],
} as const satisfies Record<State['name'], readonly Event[]>;

export async function stepsOfViewRuns(t: Test): Promise<void> {
  void t.test('each state is reached as its name says', async (t) => {
    for (const [name, events] of Object.entries(ways)) t.equal(after(...events).state.name, name);
  });

  void t.test('a cycle of three pages: the next page is asked for while the last one loads', async (t) => {
    t.match(after(begin), {
      state: { name: 'fetching' },
      commands: [{ do: 'fetch', after: 'c0', until: null }],
    });
    t.match(after(begin, fetched(1)), {
      state: { name: 'overlapping', at: { committed: 'c0', until: bound } },
      commands: [
        { do: 'load', page: page(1) },
        { do: 'fetch', after: 'c1', until: bound },
      ],
    });
    t.match(after(begin, fetched(1), loaded), {
      state: { name: 'fetching', at: { committed: 'c1' } },
      commands: [],
    });
    t.match(after(begin, fetched(1), fetched(2)), {
      state: { name: 'holding', at: { committed: 'c0' } },
      commands: [],
    });
    t.match(after(begin, fetched(1), fetched(2), loaded), {
      state: { name: 'overlapping', at: { committed: 'c1' } },
      commands: [
        { do: 'load', page: page(2) },
        { do: 'fetch', after: 'c2' },
      ],
    });
    const last = after(begin, fetched(1), fetched(2), loaded, fetched(3, true), loaded);
    t.match(last, { state: { name: 'finishing', at: { committed: 'c2' } } });
    t.strictSame(last.commands, [{ do: 'load', page: page(3, true) }], 'nothing more to fetch');
    t.match(after(begin, fetched(1, true), loaded), {
      state: { name: 'ended', at: { committed: 'c1' }, outcome: { kind: 'complete' } },
      commands: [],
    });
  });

  void t.test(
    'a failed fetch waits for the load under way, then goes on from what it committed',
    async (t) => {
      t.match(after(begin, fetched(1), fetchFailed(later)), { state: { name: 'settling' }, commands: [] });
      const waiting = after(begin, fetched(1), fetchFailed(later), loaded);
      t.match(waiting, { state: { name: 'waiting', at: { committed: 'c1', failures: 1 } } });
      t.match(after(begin, fetched(1), fetchFailed(later), loaded, waited).commands, [
        { do: 'fetch', after: 'c1', until: bound },
      ]);
    },
  );

  void t.test(
    'a failed load drops what was fetched after it, and starts again from the committed cursor',
    async (t) => {
      t.match(after(begin, fetched(1), loadFailed(later)), {
        state: { name: 'waiting', at: { committed: 'c0' } },
        commands: [{ do: 'abandon-fetch' }, { do: 'wait', failures: 1 }],
      });
      t.match(after(begin, fetched(1), loadFailed(later), waited).commands, [{ do: 'fetch', after: 'c0' }]);
      const held = after(begin, fetched(1), fetched(2), loadFailed(later));
      t.match(held.commands, [{ do: 'wait' }]);
      t.notOk('held' in held.state, 'the held page is dropped');
      t.match(after(begin, fetched(1, true), loadFailed(later), waited).commands, [
        { do: 'fetch', after: 'c0' },
      ]);
      t.match(after(begin, fetched(1), fetchFailed(later), loadFailed(no)).state, {
        name: 'ended',
        outcome: { kind: 'failed', code: no.code },
      });
    },
  );

  void t.test('the wait is told how often it failed, and how long the other side asked for', async (t) => {
    const busy: Trouble = { ...later, retryAfterSeconds: 37 };
    t.strictSame(after(begin, fetchFailed(busy)).commands, [{ do: 'wait', failures: 1, atLeastSeconds: 37 }]);
    t.strictSame(after(begin, fetchFailed(later), waited, fetchFailed(later)).commands, [
      { do: 'wait', failures: 2, atLeastSeconds: 0 },
    ]);
  });

  void t.test(
    'failures in a row give the view up, a page that was loaded in between does not count',
    async (t) => {
      const failing = (times: number): Event[] =>
        Array.from({ length: times }, () => [fetchFailed(later), waited]).flat();
      t.equal(after(begin, ...failing(maxFailures - 1)).state.name, 'fetching');
      t.match(after(begin, ...failing(maxFailures - 1), fetchFailed(later)).state, {
        name: 'ended',
        outcome: { kind: 'failed', code: later.code },
      });
      t.match(
        after(begin, ...failing(maxFailures - 1), fetched(1), loaded, fetchFailed(later)).state,
        { name: 'waiting', at: { failures: 1 } },
        'the base has committed a page: what failed before is behind',
      );
    },
  );

  void t.test('restart and no end the run at once', async (t) => {
    for (const trouble of [restart, no]) {
      const outcome: Outcome = { kind: trouble === restart ? 'restart' : 'failed', code: trouble.code };
      t.match(after(begin, fetchFailed(trouble)), { state: { name: 'ended', outcome }, commands: [] });
      t.match(after(begin, fetched(1), loadFailed(trouble)), {
        state: { name: 'ended', outcome },
        commands: [{ do: 'abandon-fetch' }],
      });
      t.match(after(begin, fetched(1), fetchFailed(trouble), loaded).state, {
        at: { committed: 'c1' },
        outcome,
      });
    }
  });

  void t.test('stop: what loads is waited for, nothing else is begun', async (t) => {
    const stopped = { name: 'ended', outcome: { kind: 'stopped' } };
    t.match(after(stop), { state: stopped, commands: [] });
    t.match(after(begin, stop), { state: stopped, commands: [{ do: 'abandon-fetch' }] });
    t.match(after(begin, fetchFailed(later), stop), { state: stopped, commands: [] });
    t.match(after(begin, fetched(1), stop), {
      state: { name: 'settling', why: 'stop' },
      commands: [{ do: 'abandon-fetch' }],
    });
    t.match(after(begin, fetched(1), stop, loaded).state, { ...stopped, at: { committed: 'c1' } });
    t.match(after(begin, fetched(1), stop, loadFailed(later)).state, { ...stopped, at: { committed: 'c0' } });
    t.match(after(begin, fetched(1), fetched(2), stop, loaded).state, {
      ...stopped,
      at: { committed: 'c1' },
    });
    t.match(after(begin, fetched(1), fetchFailed(later), stop, loaded).state, stopped);
  });

  void t.test(
    'stop while the last page loads: complete when it is loaded, no retry when it is not',
    async (t) => {
      t.match(after(begin, fetched(1, true), stop, loaded).state, {
        name: 'ended',
        at: { committed: 'c1' },
        outcome: { kind: 'complete' },
      });
      t.match(after(begin, fetched(1, true), stop, loadFailed(later)), {
        state: { name: 'ended', outcome: { kind: 'stopped' } },
        commands: [],
      });
    },
  );

  void t.test('an event that cannot come is a fault of the loop and is named', async (t) => {
    t.throws(() => after(loaded), { message: 'event "loaded" in state "idle"' });
    t.throws(() => after(...ways.waiting, fetched(1)), { message: 'event "fetched" in state "waiting"' });
    t.throws(() => after(...ways.ended, loaded), { message: 'event "loaded" in state "ended"' });
  });
}
