import type { SourceResult } from '../../central/collect/collect-source.ts';
import { againOf, covers, limitsFor } from '../../central/service/job-queue.ts';
import { catchUp, interruptKilled } from '../../central/service/recover.ts';
import { type JobControls, Runner } from '../../central/service/runner.ts';
import type { Ticket } from '../../central/service/waiters.ts';
import { isTreatKind, type Job, type JobRequest, type Jobs } from '../../central/state/jobs.ts';
import { type CentralState, openCentralState } from '../../central/state/state.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/log.ts';
import { HandClock } from '../support/hand-clock.ts';

const log = createLogger('silent', 'test');
export const sources = ['AL', 'RO', 'MS'] as const;
export const minute = 60_000;

/** What is asked for and has not been done, nor given up by a person. */
interface Wish extends Pick<JobRequest, 'kind' | 'source' | 'view' | 'reason'> {
  readonly asked: number;
  /** So many jobs had begun. */
  readonly begunBefore: number;
}

interface Doing {
  readonly job: Job;
  readonly controls: JobControls;
  readonly end: (result: SourceResult) => void;
}

/** The runner, the world around it, and what must be true of both. */
export class World {
  readonly clock = new HandClock();
  readonly #folder: string;
  readonly #parallel: number;
  #state: CentralState;
  #runner: Runner | undefined;
  /** Under way, by the process that is alive. */
  doing: Doing[] = [];
  wishes: Wish[] = [];
  /** Those of people who wait, each with its wish. */
  tickets: { readonly ticket: Ticket; readonly wish: Wish }[] = [];
  /** Nothing can be written down. */
  #full = false;
  /** Jobs in the order in which they were begun. */
  readonly begun: number[] = [];

  constructor(folder: string, parallel: number) {
    this.#folder = folder;
    this.#parallel = parallel;
    this.#state = this.#open(true);
  }

  get #running(): Runner {
    must(this.#runner !== undefined, 'it is open');
    return this.#runner;
  }

  #open(isService: boolean): CentralState {
    const state = openCentralState(this.#folder);
    const now = this.clock.now();
    interruptKilled(state.jobs, now);
    const doing: Doing[] = [];
    this.doing = doing;
    const runner = new Runner({
      jobs: state.jobs,
      clock: this.clock,
      limits: limitsFor(this.#parallel),
      retryMinutes: 15,
      log,
      isService,
      execute: (job, controls) => {
        const { promise, resolve } = Promise.withResolvers<SourceResult>();
        this.begun.push(job.id);
        doing.push({ job, controls, end: resolve });
        this.#checkBegun(job, doing);
        return promise;
      },
    });
    this.tickets = [];
    fillable(state.jobs, () => this.#full);
    if (!isService) {
      this.#runner = runner;
      return state;
    }
    const planned = sources.map((source) => ({
      source,
      kind: 'collect' as const,
      previous: null,
      lastDone: null,
    }));
    const made = catchUp(planned, runner.open(), {
      ...{ now, milliseconds: minute, mostAhead: 15 * minute, random: () => 0.5 },
    });
    for (const { id, ...when } of made.spread) state.jobs.postpone(id, when);
    this.#runner = runner;
    runner.pump();
    return state;
  }

  /** Q1, Q2, Q4, seen at each begin. Kept for the test: what is thrown there, the runner takes for a failed job. */
  readonly faults: string[] = [];

  #check(holds: boolean, what: string): void {
    if (!holds) this.faults.push(what);
  }

  #checkBegun(job: Job, doing: readonly Doing[]): void {
    const isBeside = (other: Job) => isTreatKind(other.kind) === isTreatKind(job.kind);
    const names = doing.filter((one) => isBeside(one.job)).map((one) => one.job.source);
    this.#check(new Set(names).size === names.length, `one source twice at once: ${names.join()}`);
    const limit = isTreatKind(job.kind) ? 1 : this.#parallel;
    this.#check(names.length <= limit, 'more than the limit');
    const most = Math.max(1, this.#parallel - 1);
    const reconciling = doing.filter((one) => one.job.kind === 'reconcile').length;
    this.#check(reconciling <= most, 'reconciliations leave no place');
    for (const other of this.#runner?.open() ?? []) {
      const mayBegin =
        other.begun === null &&
        isBeside(other) &&
        // As it was when the job was chosen: this runs a moment later.
        Math.max(other.due, other.asked + 1) <= (job.begun ?? 0) &&
        !names.includes(other.source) &&
        (other.kind !== 'reconcile' || reconciling - Number(job.kind === 'reconcile') < most);
      this.#check(!mayBegin || rank(other) >= rank(job), `${other.id} was passed by ${job.id}`);
    }
  }

  ask(request: JobRequest): void {
    const wish = { ...request, asked: this.clock.now(), begunBefore: this.begun.length };
    if (request.reason !== 'asked') {
      this.wishes.push(wish);
      return this.#running.owe(request);
    }
    try {
      const ticket = this.#running.ask(request);
      this.wishes.push(wish);
      this.tickets.push({ ticket, wish });
    } catch {
      // Whoever asked was told that it cannot be written down.
      must(this.#full, 'it could be written down');
    }
  }

  /** Somebody who waits gives it up: what others want is theirs still. */
  giveUp(place: number): void {
    const [given] = this.tickets.splice(place % Math.max(1, this.tickets.length), 1);
    if (given === undefined) return;
    this.wishes = this.wishes.filter((wish) => wish !== given.wish);
    given.ticket.cancel();
  }

  /** The disk is full, or is not any more. */
  async fill(full: boolean): Promise<void> {
    this.#full = full;
    if (!full) await this.pass(minute);
  }

  /** A single command at work in the folder, between two services. */
  async command(request: JobRequest, outcome: SourceResult['outcome']): Promise<void> {
    if (this.#full) return;
    await this.#stop();
    this.#state = this.#open(false);
    this.ask({ ...request, reason: 'asked', due: this.clock.now() });
    await settle();
    await this.end(0, outcome);
    await this.restart();
  }

  /** A job under way comes to its end. */
  async end(place: number, outcome: SourceResult['outcome']): Promise<void> {
    const doing = this.doing[place % Math.max(1, this.doing.length)];
    if (doing === undefined) return;
    this.doing.splice(this.doing.indexOf(doing), 1);
    const error = outcome === 'failed' ? new GuaritaError('agent-unreachable') : null;
    const { job } = doing;
    const stopped = doing.controls.stop.aborted ? 'stopped' : outcome;
    // What failed and may pass is tried again by itself: the wish stays until it was done.
    if (stopped === 'failed') this.#owe(job);
    else if (stopped !== 'stopped') this.#fulfil(job, this.begun.lastIndexOf(job.id));
    doing.end({ source: job.source, outcome: stopped, error, views: [] });
    await settle();
  }

  /**
   * It was done; or a person cancelled it, and what it was to do is not wanted.
   * @param place of its begin: what was decided after that, it may have passed already
   */
  #fulfil(job: Job, place = Number.POSITIVE_INFINITY): void {
    this.wishes = this.wishes.filter(
      (wish) => !covers(job, wish) || (isOfNew(wish) && place < wish.begunBefore),
    );
  }

  /** What a reconciliation did not come to is owed by its views, and done by whatever collects the source next. */
  #owe(job: Job): void {
    const kind = againOf(job.kind);
    this.wishes = this.wishes.map((wish) => (covers(job, wish) ? { ...wish, kind } : wish));
  }

  /** It is told to stop, and does so when its page in hand is done. */
  cancel(place: number): void {
    const open = this.#running.open();
    const job = open[place % Math.max(1, open.length)];
    if (job === undefined) return;
    this.#running.cancel(job.id);
    this.#fulfil(job);
  }

  /** The process is killed: what it was doing is gone, and nothing of it is written down. */
  async kill(): Promise<void> {
    // What is due in memory alone is known to nobody else; that it was missed is found by its schedule.
    if (this.#full) return;
    this.#state.close();
    this.#state = this.#open(true);
    await settle();
  }

  /** The service is told to end, and started again. */
  async restart(): Promise<void> {
    if (this.#full) return;
    await this.#stop();
    this.#state = this.#open(true);
    await settle();
  }

  async #stop(): Promise<void> {
    const stopping = this.#running.stop();
    for (const { job, end } of this.doing.splice(0)) {
      end({ source: job.source, outcome: 'stopped', error: null, views: [] });
    }
    await stopping;
    this.#state.close();
  }

  async pass(milliseconds: number): Promise<void> {
    this.clock.pass(milliseconds);
    await settle();
  }

  async setClock(by: number): Promise<void> {
    this.clock.set(this.clock.now() + by);
    this.#running.pump();
    await settle();
  }

  /** Q3, Q4: all ends well from now on, and whatever was wished for is done; in so many runs as there are jobs. */
  async drain(): Promise<void> {
    await this.fill(false);
    for (let runs = 0; this.#running.open().length > 0; runs++) {
      must(runs < 200, `it does not come to an end: ${JSON.stringify(this.#running.open())}`);
      if (this.doing.length === 0) await this.pass(60 * minute);
      await this.end(0, 'complete');
    }
    must(this.wishes.length === 0, `never done: ${JSON.stringify(this.wishes)}`);
    this.#state.close();
  }
}

/** Makes every writing fail while the disk is full. */
function fillable(jobs: Jobs, isFull: () => boolean): void {
  for (const name of ['add', 'begin', 'end', 'postpone', 'progress'] as const) {
    const write = jobs[name].bind(jobs) as (...given: unknown[]) => unknown;
    Object.assign(jobs, {
      [name]: (...given: unknown[]) => {
        if (isFull()) throw new GuaritaError('state-unwritable');
        return write(...given);
      },
    });
  }
}

/** What one that had begun may have passed already. */
function isOfNew({ kind, reason }: Pick<JobRequest, 'kind' | 'reason'>): boolean {
  return reason === 'decided' || kind.startsWith('treat');
}

/** By when a job goes, as `job-queue.ts` states it. */
function rank({ due, reason }: Job): number {
  const hours = reason === 'asked' || reason === 'decided' ? 1 : reason === 'enrolled' ? 0.5 : 0;
  return due - hours * 60 * minute;
}

export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await Promise.resolve();
}
