import type { ProblemCode } from '../../../shared/problems/catalogue.ts';
import type { PageInfo } from '../../../shared/sources/view-source.ts';
import { maxFailures } from '../backoff.ts';

/**
 * One cycle of one view, as a pure state machine: no I/O, no clock, no randomness. The loop (`collect-view.ts`)
 * feeds it events and does what it commands. The next page is fetched while the last one loads, and at most one
 * page waits, so that memory stays bounded.
 *
 *     idle ─► fetching ─► overlapping ─► holding ─► overlapping …  ─► finishing ─► ended
 *                 ▲            └────────► settling ─► waiting ─┐
 *                 └────────────────────────────────────────────┘
 *
 * Invariants, each held by `test/collect/parts/view-run.ts` under random events:
 * - R1 `committed` becomes a cursor only by `loaded`, which the loop sends after the base has committed;
 * - R2 a fetch follows the page that was loaded or is being loaded, never one that was dropped;
 * - R3 at most one fetch and one load are under way, and at most one page is held;
 * - R4 the run ends once, and commands nothing afterwards.
 */
export type RunState<P extends PageInfo> =
  /** Nothing was asked yet. */
  | { readonly name: 'idle'; readonly at: Place }
  /** A page is on its way; nothing loads. */
  | { readonly name: 'fetching'; readonly at: Place }
  /** The next page is on its way while this one loads. */
  | { readonly name: 'overlapping'; readonly at: Place; readonly loading: P }
  /** The next page has come while this one still loads. */
  | { readonly name: 'holding'; readonly at: Place; readonly loading: P; readonly held: P }
  /** The last page of the cycle loads; there is nothing more to fetch. */
  | { readonly name: 'finishing'; readonly at: Place; readonly loading: P }
  /** Fetching failed, or stop was asked; the load under way is waited for. */
  | { readonly name: 'settling'; readonly at: Place; readonly loading: P; readonly why: Trouble | 'stop' }
  /** Pausing before the next attempt, from the last committed cursor. */
  | { readonly name: 'waiting'; readonly at: Place }
  | { readonly name: 'ended'; readonly at: Place; readonly outcome: Outcome };

/** Where the run is: what was committed, the bound of the cycle, failures in a row. */
export interface Place {
  /** The cursor of the last page that the base has committed; null before the first of a first cycle. */
  readonly committed: string | null;
  readonly until: string | null;
  readonly failures: number;
}

export interface Trouble {
  readonly code: ProblemCode;
  readonly retry: 'later' | 'restart' | 'no';
  readonly retryAfterSeconds: number | undefined;
}

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  /** The cursor no longer fits the source: describe it again and start the view anew. */
  | { readonly kind: 'restart'; readonly code: ProblemCode }
  | { readonly kind: 'failed'; readonly code: ProblemCode };

export type RunEvent<P extends PageInfo> =
  | { readonly name: 'begin' }
  | { readonly name: 'fetched'; readonly page: P }
  | { readonly name: 'fetch-failed'; readonly trouble: Trouble }
  /** The base has committed the page that was loading. */
  | { readonly name: 'loaded' }
  | { readonly name: 'load-failed'; readonly trouble: Trouble }
  | { readonly name: 'waited' }
  | { readonly name: 'stop' };

export type Command<P extends PageInfo> =
  | { readonly do: 'fetch'; readonly after: string | null; readonly until: string | null }
  | { readonly do: 'load'; readonly page: P }
  | { readonly do: 'wait'; readonly failures: number; readonly atLeastSeconds: number }
  /** Drop the fetch under way; its event, should it still come, is not to be sent. */
  | { readonly do: 'abandon-fetch' };

export interface Step<P extends PageInfo> {
  readonly state: RunState<P>;
  readonly commands: readonly Command<P>[];
}

type StateName = RunState<PageInfo>['name'];
type EventName = RunEvent<PageInfo>['name'];
type StateOf<P extends PageInfo, N extends StateName> = Extract<RunState<P>, { name: N }>;
type EventOf<P extends PageInfo, N extends EventName> = Extract<RunEvent<P>, { name: N }>;
type Transition<P extends PageInfo, S extends StateName, E extends EventName> = (
  state: StateOf<P, S>,
  event: EventOf<P, E>,
) => Step<P>;
/** Every state with every event: one that is missing does not compile. */
type Table<P extends PageInfo> = {
  readonly [S in StateName]: { readonly [E in EventName]: Transition<P, S, E> };
};

export function startRun<P extends PageInfo>(committed: string | null): RunState<P> {
  return { name: 'idle', at: { committed, until: null, failures: 0 } };
}

export function step<P extends PageInfo>(state: RunState<P>, event: RunEvent<P>): Step<P> {
  // The table is complete by its type, and hands on pages without looking further than PageInfo; TypeScript can
  // follow neither that nor that both indices come from one pair.
  const row = (table as unknown as Table<P>)[state.name] as Record<
    EventName,
    Transition<P, StateName, EventName>
  >;
  return row[event.name](state, event);
}

const table: Table<PageInfo> = {
  idle: {
    begin: ({ at }) => fetchFrom(at),
    stop: ({ at }) => end(at, { kind: 'stopped' }),
    fetched: unexpected,
    'fetch-failed': unexpected,
    loaded: unexpected,
    'load-failed': unexpected,
    waited: unexpected,
  },
  fetching: {
    begin: unexpected,
    fetched: ({ at }, { page }) => load(at, page),
    'fetch-failed': ({ at }, { trouble }) => recover(at, trouble),
    loaded: unexpected,
    'load-failed': unexpected,
    waited: unexpected,
    stop: ({ at }) => end(at, { kind: 'stopped' }, [{ do: 'abandon-fetch' }]),
  },
  overlapping: {
    begin: unexpected,
    fetched: ({ at, loading }, { page }) => stay({ name: 'holding', at, loading, held: page }),
    'fetch-failed': ({ at, loading }, { trouble }) => stay({ name: 'settling', at, loading, why: trouble }),
    loaded: ({ at, loading }) => stay({ name: 'fetching', at: commit(at, loading) }),
    'load-failed': ({ at }, { trouble }) => recover(at, trouble, [{ do: 'abandon-fetch' }]),
    waited: unexpected,
    stop: ({ at, loading }) => settle(at, loading, 'stop', [{ do: 'abandon-fetch' }]),
  },
  holding: {
    begin: unexpected,
    fetched: unexpected,
    'fetch-failed': unexpected,
    loaded: ({ at, loading, held }) => load(commit(at, loading), held),
    'load-failed': ({ at }, { trouble }) => recover(at, trouble),
    waited: unexpected,
    stop: ({ at, loading }) => settle(at, loading, 'stop'),
  },
  finishing: {
    begin: unexpected,
    fetched: unexpected,
    'fetch-failed': unexpected,
    loaded: ({ at, loading }) => end(commit(at, loading), { kind: 'complete' }),
    'load-failed': ({ at }, { trouble }) => recover(at, trouble),
    waited: unexpected,
    // What is left is one load: waited for as ever, but not tried again when it fails.
    stop: ({ at, loading }) => settle(at, loading, 'stop'),
  },
  settling: {
    begin: unexpected,
    fetched: unexpected,
    'fetch-failed': unexpected,
    loaded: ({ at, loading, why }) => {
      const place = commit(at, loading);
      if (why !== 'stop') return recover(place, why);
      return end(place, { kind: loading.complete ? 'complete' : 'stopped' });
    },
    'load-failed': ({ at, why }, { trouble }) =>
      why === 'stop' ? end(at, { kind: 'stopped' }) : recover(at, trouble),
    waited: unexpected,
    stop: ({ at, loading }) => settle(at, loading, 'stop'),
  },
  waiting: {
    begin: unexpected,
    fetched: unexpected,
    'fetch-failed': unexpected,
    loaded: unexpected,
    'load-failed': unexpected,
    waited: ({ at }) => fetchFrom(at),
    stop: ({ at }) => end(at, { kind: 'stopped' }),
  },
  ended: {
    begin: unexpected,
    fetched: unexpected,
    'fetch-failed': unexpected,
    loaded: unexpected,
    'load-failed': unexpected,
    waited: unexpected,
    // A stop may cross the end on its way.
    stop: (state) => stay(state),
  },
};

function fetchFrom<P extends PageInfo>(at: Place): Step<P> {
  return {
    state: { name: 'fetching', at },
    commands: [{ do: 'fetch', after: at.committed, until: at.until }],
  };
}

/** Loads a page; unless it is the last of the cycle, the one after it is fetched meanwhile. */
function load<P extends PageInfo>(before: Place, page: P): Step<P> {
  const at = { ...before, until: page.until };
  const command: Command<P> = { do: 'load', page };
  if (page.complete) return { state: { name: 'finishing', at, loading: page }, commands: [command] };
  return {
    state: { name: 'overlapping', at, loading: page },
    commands: [command, { do: 'fetch', after: page.next, until: page.until }],
  };
}

/** The base has committed: the cursor moves (invariant 5), and the failures so far are behind. */
function commit(at: Place, loaded: PageInfo): Place {
  return { ...at, committed: loaded.next, failures: 0 };
}

function recover<P extends PageInfo>(
  before: Place,
  { code, retry, retryAfterSeconds = 0 }: Trouble,
  commands: readonly Command<P>[] = [],
): Step<P> {
  const at = { ...before, failures: before.failures + 1 };
  if (retry === 'restart') return end(at, { kind: 'restart', code }, commands);
  if (retry === 'no' || at.failures >= maxFailures) return end(at, { kind: 'failed', code }, commands);
  const wait: Command<P> = { do: 'wait', failures: at.failures, atLeastSeconds: retryAfterSeconds };
  return { state: { name: 'waiting', at }, commands: [...commands, wait] };
}

function settle<P extends PageInfo>(
  at: Place,
  loading: P,
  why: Trouble | 'stop',
  commands: readonly Command<P>[] = [],
): Step<P> {
  return { state: { name: 'settling', at, loading, why }, commands };
}

function end<P extends PageInfo>(at: Place, outcome: Outcome, commands: readonly Command<P>[] = []): Step<P> {
  return { state: { name: 'ended', at, outcome }, commands };
}

function stay<P extends PageInfo>(state: RunState<P>): Step<P> {
  return { state, commands: [] };
}

/** An event that cannot come in this state: a fault of the loop, never of a source. */
function unexpected(state: { name: StateName }, event: { name: EventName }): never {
  throw new Error(`event "${event.name}" in state "${state.name}"`);
}
