import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Job, JobOutcome, JobRequest, Jobs } from '../state/jobs.ts';
import type { Clock } from './clock.ts';
import { againOf, covers, nextDue, placeOf, type QueueLimits, startable } from './job-queue.ts';
import type { JobResult } from './job-result.ts';
import { LateWrites } from './late-writes.ts';
import { type OnProgress, type Ticket, type Waiter, Waiters } from './waiters.ts';

/** What doing a job is given. */
export interface JobControls {
  /** Aborted when the job is cancelled or the service ends: finish what is in hand and end. */
  readonly stop: AbortSignal;
  readonly onProgress: OnProgress;
}

export interface RunnerOptions {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly limits: QueueLimits;
  /** Minutes until what failed and may pass is done again. */
  readonly retryMinutes: number;
  readonly log: Logger;
  /** Does a job. What it throws counts as its failure. */
  readonly execute: (job: Job, controls: JobControls) => Promise<JobResult>;
  /** Whether to do also what was left by earlier processes; a single command does only what it is asked. */
  readonly isService: boolean;
  /** Told of every run as it ends. */
  readonly onEnded?: (job: Job, result: JobResult) => void;
  /** Told whenever a job changed. */
  readonly onChange?: () => void;
}

interface UnderWay {
  readonly job: Job;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** How often progress is written down: each time is a wait for the disk. */
const progressMilliseconds = 2000;
/** After a failure to write a job down. */
const writeAgainMilliseconds = 30_000;

/**
 * The one that owns "running": every job begins here, in its turn, and its end is written down here. Jobs that meet are
 * joined (`job-queue.ts`); what is due or under way when the process ends is begun by the next one.
 */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #underWay = new Map<number, UnderWay>();
  readonly #waiters = new Waiters();
  readonly #lateWrites: LateWrites;
  /** Jobs that this runner was asked for, where it does no others. */
  readonly #own = new Set<number>();
  /** Jobs that are there for nothing but that somebody waits for them; they go with the last one who does. */
  readonly #personal = new Set<number>();
  /** What is due and could not be written down yet. */
  #owed: JobRequest[] = [];
  #wake: () => void = () => undefined;
  #stopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#lateWrites = new LateWrites(options.log);
  }

  /** Asks for a job, to be begun when it is due and its turn comes. Throws `state-unwritable`. */
  ask(request: JobRequest, onProgress: OnProgress = () => undefined): Ticket {
    const job = this.#place(request);
    const waiter = this.#waiters.add(job, onProgress);
    // Written down, it is the next one's to do.
    if (this.#stopped) this.#waiters.leave(waiter, null);
    this.#changed();
    return { job, ended: waiter.ended, cancel: () => this.#giveUp(waiter) };
  }

  /** The same for what nobody waits for. Where it cannot be written down now, it is as soon as it can. */
  owe(request: JobRequest): void {
    try {
      this.#place(request);
    } catch (error) {
      this.#options.log.error(
        { source: request.source, err: error },
        'what is due cannot be written down yet',
      );
      if (!this.#owed.some((other) => covers(other, request))) this.#owed.push(request);
    }
    this.#changed();
  }

  /** Gives a request its job, one that is there or a new one. */
  #place(request: JobRequest): number {
    const { jobs, clock } = this.#options;
    const { joins, takesOver, reason, due } = placeOf(request, this.#joinable(request));
    const isPersonal = request.reason === 'asked';
    if (joins !== null) {
      if (!isPersonal) this.#personal.delete(joins.id);
      if (joins.begun === null && (due !== joins.due || reason !== joins.reason)) {
        jobs.postpone(joins.id, { reason, due });
      }
      if (!this.#options.isService) this.#own.add(joins.id);
      return joins.id;
    }
    const job = jobs.add({ ...request, reason, due }, clock.now());
    if (!this.#options.isService) this.#own.add(job.id);
    if (isPersonal && takesOver.every(({ id }) => this.#personal.has(id))) this.#personal.add(job.id);
    for (const taken of takesOver) this.#handOver(taken, job);
    return job.id;
  }

  /** Ends a job that waits, or stops one that is under way. False for one that is not open. */
  cancel(id: number): boolean {
    const underWay = this.#underWay.get(id);
    if (underWay !== undefined) {
      underWay.controller.abort(cancelled);
      return true;
    }
    const job = this.#open().find((open) => open.id === id);
    if (job === undefined) return false;
    this.#close(id, 'cancelled', null);
    this.#settle(id, null);
    this.#changed();
    return true;
  }

  /** Jobs that wait or are under way. */
  open(): readonly Job[] {
    return this.#open();
  }

  /** Begins what is due. Called by itself; a test calls it after it has moved the clock. */
  pump(): void {
    if (this.#stopped) return;
    const { clock, limits, log } = this.#options;
    this.#lateWrites.again();
    try {
      for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
        this.#place(next);
        this.#owed.shift();
      }
      for (const job of startable(this.#open(), limits, clock.now())) this.#begin(job);
      const again =
        this.#lateWrites.size + this.#owed.length > 0 ? clock.now() + writeAgainMilliseconds : null;
      this.#wakeAt(nextDue(this.#open(), clock.now()), again);
    } catch (error) {
      // Nothing is begun that could not be written down.
      log.error({ err: error }, 'jobs cannot be written down');
      this.#wakeAt(clock.now() + writeAgainMilliseconds);
    }
  }

  /** Stops what is under way, begins nothing more, and resolves when all of it has ended. What is open stays so. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    const all = [...this.#underWay.values()];
    for (const { controller } of all) controller.abort(serviceEnds);
    await Promise.all(all.map(({ done }) => done));
    this.#waiters.endAll();
  }

  /** Open jobs as they are: under way is what this process does. */
  #open(counts = (job: Job) => this.#options.isService || this.#own.has(job.id)): Job[] {
    return this.#options.jobs
      .open()
      .filter((job) => !this.#lateWrites.has(job.id) && counts(job))
      .map((job) => ({ ...job, begun: this.#underWay.get(job.id)?.job.begun ?? null }));
  }

  /**
   * What a request may join: not one that is being stopped. A single command takes along what others left, as far as it
   * does that anyway.
   */
  #joinable(request: JobRequest): Job[] {
    const open = this.#options.isService
      ? this.#open()
      : this.#open((job) => this.#own.has(job.id) || covers(request, job));
    return open.filter(({ id }) => this.#underWay.get(id)?.controller.signal.aborted !== true);
  }

  #begin(job: Job): void {
    const { jobs, clock } = this.#options;
    jobs.begin(job.id, clock.now());
    const begun = { ...job, begun: clock.now() };
    const controller = new AbortController();
    // In a turn of its own, so that whoever asked has its ticket before anything happens.
    const done = Promise.resolve().then(() => this.#run(begun, controller));
    this.#underWay.set(job.id, { job: begun, controller, done });
    this.#options.onChange?.();
  }

  async #run(job: Job, controller: AbortController): Promise<void> {
    const { execute, log, onEnded } = this.#options;
    let result: JobResult;
    try {
      result = await execute(job, { stop: controller.signal, onProgress: this.#progressOf(job.id) });
    } catch (error) {
      const known = asGuaritaError(error);
      log.error({ source: job.source, code: known.code, err: known }, 'run failed');
      result = { source: job.source, outcome: 'failed', error: known, views: [] };
    }
    this.#underWay.delete(job.id);
    this.#end(job, result, controller.signal);
    this.#settle(job.id, result);
    try {
      onEnded?.(job, result);
    } catch (error) {
      log.error({ err: error }, 'the end of a run cannot be told');
    }
    this.#changed();
  }

  /** Writes down how a job ended, and what it makes due. */
  #end(job: Job, result: JobResult, { aborted, reason }: AbortSignal): void {
    const { clock, retryMinutes } = this.#options;
    const problem = result.error?.code ?? null;
    const { outcome } = result;
    if (aborted && (outcome === 'stopped' || outcome === 'failed')) {
      if (reason === cancelled) return this.#close(job.id, 'cancelled', problem);
      return this.#reopen(job.id);
    }
    this.#close(job.id, outcome === 'stopped' ? 'cancelled' : outcome, problem);
    if (outcome !== 'failed' || result.error?.retry !== 'later') return;
    // After a single command it is the next service that does it.
    const due = clock.now() + retryMinutes * 60_000;
    this.owe({ source: job.source, view: job.view, kind: againOf(job.kind), reason: 'retry', due });
  }

  #close(id: number, outcome: JobOutcome, problem: string | null): void {
    const { jobs, clock } = this.#options;
    const at = clock.now();
    this.#lateWrites.write(id, () => jobs.end(id, outcome, problem, at));
  }

  /** It was cut short because the service ends: the next one begins it. */
  #reopen(id: number): void {
    const { jobs, clock } = this.#options;
    const due = clock.now();
    this.#lateWrites.write(id, () => jobs.postpone(id, { reason: 'interrupted', due }));
  }

  #handOver(taken: Job, job: Job): void {
    this.#close(taken.id, 'joined', null);
    this.#personal.delete(taken.id);
    this.#waiters.move(taken.id, job.id);
  }

  /** Ends one's wait, and the job that is there for nothing else. */
  #giveUp(waiter: Waiter): void {
    if (!this.#waiters.has(waiter)) return;
    const { job } = waiter;
    // Its end is told to the one who cancelled it as well.
    if (this.#personal.has(job) && this.#waiters.isAlone(waiter)) this.cancel(job);
    else this.#waiters.leave(waiter, null);
  }

  #progressOf(id: number): OnProgress {
    const { jobs, clock, log, onChange } = this.#options;
    let written = Number.NEGATIVE_INFINITY;
    return (progress) => {
      this.#waiters.tell(id, progress);
      if (clock.now() - written < progressMilliseconds) return;
      written = clock.now();
      try {
        jobs.progress(id, progress);
      } catch (error) {
        // Not worth failing for.
        log.warn({ err: error }, 'how far a job is cannot be written down');
      }
      onChange?.();
    };
  }

  /** A job is open no more. */
  #settle(id: number, result: JobResult | null): void {
    this.#personal.delete(id);
    this.#waiters.end(id, result);
  }

  #changed(): void {
    this.#options.onChange?.();
    this.pump();
  }

  /** At the soonest of these; not at all for none. */
  #wakeAt(...times: readonly (number | null)[]): void {
    this.#wake();
    this.#wake = () => undefined;
    const next = Math.min(...times.filter((time) => time !== null));
    if (next === Number.POSITIVE_INFINITY) return;
    const { clock } = this.#options;
    this.#wake = clock.after(Math.max(0, next - clock.now()), () => this.pump());
  }
}

const cancelled = new GuaritaError('request-abandoned');
const serviceEnds = new Error('the service ends');
