import * as fc from 'fast-check';
import t from 'tap';
import {
  type Command,
  type Outcome,
  type RunEvent,
  type RunState,
  startRun,
  step,
  type Trouble,
} from '../../central/collect/view/view-run.ts';
import { maxFailures } from '../../central/collect/backoff.ts';
import type { PageInfo } from '../../shared/sources/view-source.ts';

type State = RunState<PageInfo>;
type Event = RunEvent<PageInfo>;

const later: Trouble = { code: 'source-timeout', retry: 'later', retryAfterSeconds: undefined };
const restart: Trouble = { code: 'schema-changed', retry: 'restart', retryAfterSeconds: undefined };
const no: Trouble = { code: 'view-missing', retry: 'no', retryAfterSeconds: undefined };

const bound = 'bound of the cycle';

/** The page that ends at cursor `cN`; pages of one view are c1, c2, … */
function page(number: number, complete = false): PageInfo {
  return { rows: 10, next: `c${number}`, until: bound, complete, fingerprint: 'f', epoch: 'e' };
}

/** Feeds events to a new run; returns where it came to and what the last of them commanded. */
function after(...events: readonly Event[]): { state: State; commands: readonly Command<PageInfo>[] } {
  let state = startRun<PageInfo>('c0');
  let commands: readonly Command<PageInfo>[] = [];
  for (const event of events) ({ state, commands } = step(state, event));
  return { state, commands };
}

const begin: Event = { name: 'begin' };
const loaded: Event = { name: 'loaded' };
const waited: Event = { name: 'waited' };
const stop: Event = { name: 'stop' };
const fetched = (number: number, complete = false): Event => ({
  name: 'fetched',
  page: page(number, complete),
});
const fetchFailed = (trouble: Trouble): Event => ({ name: 'fetch-failed', trouble });
const loadFailed = (trouble: Trouble): Event => ({ name: 'load-failed', trouble });

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

void t.test('a failed fetch waits for the load under way, then goes on from what it committed', async (t) => {
  t.match(after(begin, fetched(1), fetchFailed(later)), { state: { name: 'settling' }, commands: [] });
  const waiting = after(begin, fetched(1), fetchFailed(later), loaded);
  t.match(waiting, { state: { name: 'waiting', at: { committed: 'c1', failures: 1 } } });
  t.match(after(begin, fetched(1), fetchFailed(later), loaded, waited).commands, [
    { do: 'fetch', after: 'c1', until: bound },
  ]);
});

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
  t.match(after(begin, fetched(1), fetched(2), stop, loaded).state, { ...stopped, at: { committed: 'c1' } });
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

/** The loop as the machine must be able to rely on it: what is under way decides which events may come. */
class World {
  state: State = startRun<PageInfo>('c0');
  began = false;
  stopAsked = false;
  fetching: { after: string | null } | null = null;
  loading: PageInfo | null = null;
  held: PageInfo | null = null;
  waiting = false;
  /** Recoveries in a row since a page was last loaded. */
  failures = 0;
  fetchTrouble: Trouble | null = null;
  committed = 0;
  commandsAfterEnd = 0;
  readonly lastPage: number;

  constructor(lastPage: number) {
    this.lastPage = lastPage;
  }

  get ended(): boolean {
    return this.state.name === 'ended';
  }

  /** The page that a source gives after a cursor. */
  pageAfter(cursor: string | null): PageInfo {
    const number = Number(cursor?.slice(1)) + 1;
    return page(number, number === this.lastPage);
  }

  send(event: Event): void {
    const wasEnded = this.ended;
    const committedBefore = this.state.at.committed;
    const { state, commands } = step(this.state, event);
    this.state = state;
    if (wasEnded) require(commands.length === 0 && state.name === 'ended', 'R4: ended once and for all');
    if (event.name === 'loaded') this.committed++;
    else require(state.at.committed === committedBefore, 'R1: only `loaded` moves the cursor');
    require(state.at.committed === `c${this.committed}`, 'R1: page after page, never back');
    for (const command of commands) this.obey(command);
    require(state.name !== 'holding' || this.held !== null, 'R3: what is held was fetched');
    if (state.name === 'ended') {
      require(this.loading === null && !this.waiting, 'R4: nothing is under way when it ends');
      require(this.fetching === null, 'R4: no fetch is left behind');
    }
  }

  private obey(command: Command<PageInfo>): void {
    switch (command.do) {
      case 'fetch': {
        require(this.fetching === null &&
          !this.waiting &&
          this.held === null, 'R3: one fetch, one held page');
        const from = this.loading?.next ?? `c${this.committed}`;
        require(command.after === from, `R2: fetch after ${command.after}, expected ${from}`);
        require(!this.stopAsked, 'nothing is fetched after stop');
        this.fetching = { after: command.after };
        break;
      }
      case 'load':
        require(this.loading === null, 'R3: one load');
        require(command.page === this.held, 'only the page that was fetched last is loaded');
        require(command.page.next === `c${this.committed + 1}`, 'no page is left out');
        this.loading = this.held;
        this.held = null;
        break;
      case 'wait':
        require(this.fetching === null && this.loading === null, 'it waits for nothing but time');
        require(command.failures === this.failures, 'failures are counted in a row');
        require(command.failures < maxFailures, 'given up in time');
        this.waiting = true;
        this.held = null;
        break;
      case 'abandon-fetch':
        require(this.fetching !== null, 'there is a fetch to abandon');
        this.fetching = null;
        break;
    }
  }
}

/** Plain, so that fast-check shrinks to the shortest sequence that breaks it. */
function require(holds: boolean, invariant: string): void {
  if (!holds) throw new Error(invariant);
}

type Real = Record<string, never>;

class Begin implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => !world.began && !world.ended;
  run(world: World): void {
    world.began = true;
    world.send(begin);
  }
  toString = () => 'begin';
}

class Fetched implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => world.fetching !== null;
  run(world: World): void {
    const came = world.pageAfter(world.fetching?.after ?? null);
    world.fetching = null;
    world.held = came;
    world.send({ name: 'fetched', page: came });
  }
  toString = () => 'fetched';
}

class FetchFailed implements fc.Command<World, Real> {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    this.trouble = trouble;
  }
  check = (world: Readonly<World>): boolean => world.fetching !== null;
  run(world: World): void {
    world.fetching = null;
    if (world.loading === null) world.failures++;
    else world.fetchTrouble = this.trouble;
    const idle = world.loading === null;
    world.send(fetchFailed(this.trouble));
    if (idle) requireOutcome(world, this.trouble);
  }
  toString = () => `fetch-failed(${this.trouble.retry})`;
}

class Loaded implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => world.loading !== null;
  run(world: World): void {
    const { loading, fetchTrouble, stopAsked } = world;
    world.loading = null;
    world.fetchTrouble = null;
    world.failures = fetchTrouble === null || stopAsked ? 0 : 1;
    if (stopAsked) world.held = null;
    world.send(loaded);
    if (loading?.complete === true) require(outcomeOf(world)?.kind === 'complete', 'the last page completes');
    else if (stopAsked) require(outcomeOf(world)?.kind === 'stopped', 'stop ends it');
    else if (fetchTrouble !== null) requireOutcome(world, fetchTrouble);
  }
  toString = () => 'loaded';
}

class LoadFailed implements fc.Command<World, Real> {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    this.trouble = trouble;
  }
  check = (world: Readonly<World>): boolean => world.loading !== null;
  run(world: World): void {
    world.loading = null;
    world.held = null;
    world.fetchTrouble = null;
    world.failures++;
    world.send(loadFailed(this.trouble));
    if (world.stopAsked) require(outcomeOf(world)?.kind === 'stopped', 'stop ends it');
    else requireOutcome(world, this.trouble);
  }
  toString = () => `load-failed(${this.trouble.retry})`;
}

class Waited implements fc.Command<World, Real> {
  check = (world: Readonly<World>): boolean => world.waiting;
  run(world: World): void {
    world.waiting = false;
    world.send(waited);
    require(world.fetching?.after === `c${world.committed}`, 'after a failure: from the committed cursor');
  }
  toString = () => 'waited';
}

class Stop implements fc.Command<World, Real> {
  check = (): boolean => true;
  run(world: World): void {
    world.stopAsked = true;
    const underWay = world.loading !== null;
    const wasEnded = world.ended;
    world.waiting = false;
    world.send(stop);
    require(world.fetching === null, 'stop drops the fetch under way');
    if (!underWay && !wasEnded) require(outcomeOf(world)?.kind === 'stopped', 'nothing to wait for');
  }
  toString = () => 'stop';
}

function outcomeOf(world: World): Outcome | null {
  return world.state.name === 'ended' ? world.state.outcome : null;
}

/** What must follow from a trouble when nothing else is under way and stop was not asked. */
function requireOutcome(world: World, { retry, code }: Trouble): void {
  const outcome = outcomeOf(world);
  if (retry === 'restart') require(outcome?.kind === 'restart' && outcome.code === code, 'restart at once');
  else if (retry === 'no' || world.failures >= maxFailures) {
    require(outcome?.kind === 'failed' && outcome.code === code, 'failed at once');
  } else require(world.waiting, 'tried again');
}

void t.test('invariants R1 to R4 hold whatever happens in whatever order, and every run ends', async (t) => {
  const often = (trouble: Trouble, weight: number) => ({ arbitrary: fc.constant(trouble), weight });
  const trouble = fc.oneof(often(later, 8), often(restart, 1), often(no, 1));
  const events = [
    fc.constant(new Begin()),
    fc.constant(new Fetched()),
    fc.constant(new Fetched()),
    fc.constant(new Loaded()),
    fc.constant(new Loaded()),
    fc.constant(new Waited()),
    trouble.map((given) => new FetchFailed(given)),
    trouble.map((given) => new LoadFailed(given)),
    fc.oneof(
      { arbitrary: fc.constant(new Stop()), weight: 1 },
      { arbitrary: fc.constant(new Loaded()), weight: 9 },
    ),
  ];
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.commands(events, { maxCommands: 100, size: 'max' }),
      fc.integer({ min: 1, max: 12 }),
      (run, lastPage) => {
        const world = new World(lastPage);
        fc.modelRun(() => ({ model: world, real: {} }), run);
        finish(world);
        const kind = outcomeOf(world)?.kind ?? 'none';
        ends.set(kind, (ends.get(kind) ?? 0) + 1);
      },
    ),
    { numRuns: 2000 },
  );
  t.comment(Object.fromEntries(ends));
  for (const kind of ['complete', 'stopped', 'restart', 'failed']) {
    t.ok((ends.get(kind) ?? 0) > 20, `the sequences reach ${kind} often enough to say something`);
  }
});

/** From wherever it is, a source and a base that work let the run end, in as many steps as there are pages. */
function finish(world: World): void {
  const turns = [new Begin(), new Waited(), new Fetched(), new Loaded()];
  for (let left = 6 * world.lastPage + 6; !world.ended; left--) {
    require(left > 0, 'the run ends');
    const next = turns.find((turn) => turn.check(world));
    require(next !== undefined, `something is under way in ${world.state.name}`);
    next?.run(world);
  }
}
