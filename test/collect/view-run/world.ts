import { maxFailures } from '../../../central/collect/backoff.ts';
import {
  type Command,
  type Outcome,
  startRun,
  step,
  type Trouble,
} from '../../../central/collect/view/view-run.ts';
import type { PageInfo } from '../../../shared/sources/view-source.ts';
import { type Event, page, type State } from './events.ts';

/** The loop as the machine must be able to rely on it: what is under way decides which events may come. */
export class World {
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
export function require(holds: boolean, invariant: string): void {
  if (!holds) throw new Error(invariant);
}

export function outcomeOf(world: World): Outcome | null {
  return world.state.name === 'ended' ? world.state.outcome : null;
}

/** What must follow from a trouble when nothing else is under way and stop was not asked. */
export function requireOutcome(world: World, { retry, code }: Trouble): void {
  const outcome = outcomeOf(world);
  if (retry === 'restart') require(outcome?.kind === 'restart' && outcome.code === code, 'restart at once');
  else if (retry === 'no' || world.failures >= maxFailures) {
    require(outcome?.kind === 'failed' && outcome.code === code, 'failed at once');
  } else require(world.waiting, 'tried again');
}
