import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import type { Job, JobOutcome, JobProgress, JobRequest, Jobs } from '../state/jobs.ts';
import type { Clock } from './clock.ts';
import { covers, nextDue, placeOf, type QueueLimits, startable } from './job-queue.ts';

/** What doing a job is given. */
export interface JobControls {
  /** Aborted when the job is cancelled or the service ends: finish what is in hand and end. */
  readonly stop: AbortSignal;
  readonly onProgress: (progress: JobProgress & { readonly view: string }) => void;
}

export interface RunnerOptions {
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly limits: QueueLimits;
  /** Minutes until what failed and may pass is done again. */
  readonly retryMinutes: number;
  readonly log: Logger;
  /** Does a job. What it throws counts as its failure. */
  readonly execute: (job: Job, controls: JobControls) => Promise<SourceResult>;
  /** Whether to do also what was left by earlier processes; a single command does only what it is asked. */
  readonly isService: boolean;
  /** Told of every run as it ends. */
  readonly onEnded?: (job: Job, result: SourceResult) => void;
  /** Told whenever a job changed. */
  readonly onChange?: () => void;
}

/** One's interest in a job. */
export interface Ticket {
  readonly job: number;
  /** What the job came to; null when it was cancelled before it had begun. */
  readonly ended: Promise<SourceResult | null>;
  /** Gives the interest up, and the job with it when nobody else has one and nothing else made it due. */
  cancel(): void;
}

type OnProgress = JobControls['onProgress'];

interface Watcher {
  readonly onProgress: OnProgress;
  readonly end: (result: SourceResult | null) => void;
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
  readonly #watchers = new Map<number, Set<Watcher>>();
  /** Where the watchers of jobs are that were taken over. */
  readonly #moved = new Map<number, number>();
  /** Jobs that this runner was asked for, where it does no others. */
  readonly #own = new Set<number>();
  /** Jobs that are there for nothing but that somebody waits for them; they go with the last one who does. */
  readonly #personal = new Set<number>();
  /** What is due and could not be written down yet. */
  #owed: JobRequest[] = [];
  /** Ends that could not be written down yet. */
  readonly #unwritten = new Map<number, () => void>();
  #wake: () => void = () => undefined;
  #stopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Asks for a job, to be begun when it is due and its turn comes. Throws `state-unwritable`. */
  ask(request: JobRequest, onProgress: OnProgress = () => undefined): Ticket {
    const id = this.#place(request);
    const ticket = this.#watch(id, onProgress);
    // Written down, it is the next one's to do.
    if (this.#stopped) this.#tell(id, null);
    this.#changed();
    return ticket;
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
    this.#write(id, 'cancelled', null);
    this.#tell(id, null);
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
    for (const write of [...this.#unwritten.values()]) write();
    try {
      for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
        this.#place(next);
        this.#owed.shift();
      }
      for (const job of startable(this.#open(), limits, clock.now())) this.#begin(job);
      const again =
        this.#unwritten.size + this.#owed.length > 0 ? clock.now() + writeAgainMilliseconds : null;
      this.#wakeAt(soonest(nextDue(this.#open(), clock.now()), again));
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
    for (const id of [...this.#watchers.keys()]) this.#tell(id, null);
  }

  /** Open jobs as they are: under way is what this process does. */
  #open(counts = (job: Job) => this.#options.isService || this.#own.has(job.id)): Job[] {
    return this.#options.jobs
      .open()
      .filter((job) => !this.#unwritten.has(job.id) && counts(job))
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
    let result: SourceResult;
    try {
      result = await execute(job, { stop: controller.signal, onProgress: this.#progressOf(job.id) });
    } catch (error) {
      const known = asGuaritaError(error);
      log.error({ source: job.source, code: known.code, err: known }, 'run failed');
      result = { source: job.source, outcome: 'failed', error: known, views: [] };
    }
    this.#underWay.delete(job.id);
    this.#end(job, result, controller.signal);
    this.#tell(job.id, result);
    try {
      onEnded?.(job, result);
    } catch (error) {
      log.error({ err: error }, 'the end of a run cannot be told');
    }
    this.#changed();
  }

  /** Writes down how a job ended, and what it makes due. */
  #end(job: Job, result: SourceResult, { aborted, reason }: AbortSignal): void {
    const { clock, retryMinutes } = this.#options;
    const problem = result.error?.code ?? null;
    const { outcome } = result;
    if (aborted && (outcome === 'stopped' || outcome === 'failed')) {
      if (reason === cancelled) return this.#write(job.id, 'cancelled', problem);
      return this.#postpone(job);
    }
    this.#write(job.id, outcome === 'stopped' ? 'cancelled' : outcome, problem);
    if (outcome !== 'failed' || result.error?.retry !== 'later') return;
    // What a reconciliation did not come to is owed by its views: to collect again does that as well. After a single
    // command it is the next service that does.
    const due = clock.now() + retryMinutes * 60_000;
    this.owe({ ...requestOf(job), kind: 'collect', reason: 'retry', due });
  }

  #write(id: number, outcome: JobOutcome, problem: string | null): void {
    const { jobs, clock } = this.#options;
    const at = clock.now();
    this.#writeLater(id, () => jobs.end(id, outcome, problem, at));
  }

  /** It was cut short because the service ends: the next one begins it. */
  #postpone(job: Job): void {
    const { jobs, clock } = this.#options;
    const due = clock.now();
    this.#writeLater(job.id, () => jobs.postpone(job.id, { reason: 'interrupted', due }));
  }

  /** Now, or as soon as it can be written. */
  #writeLater(id: number, write: () => void): void {
    const attempt = () => {
      try {
        write();
        this.#unwritten.delete(id);
      } catch (error) {
        if (!this.#unwritten.has(id)) this.#options.log.error({ err: error }, 'a job cannot be written down');
        this.#unwritten.set(id, attempt);
      }
    };
    attempt();
  }

  #handOver(taken: Job, job: Job): void {
    this.#write(taken.id, 'joined', null);
    this.#personal.delete(taken.id);
    const watchers = this.#watchers.get(taken.id) ?? new Set();
    this.#watchers.delete(taken.id);
    this.#watchers.set(job.id, new Set([...(this.#watchers.get(job.id) ?? []), ...watchers]));
    this.#moved.set(taken.id, job.id);
  }

  #watch(asked: number, onProgress: OnProgress): Ticket {
    const { promise: ended, resolve } = Promise.withResolvers<SourceResult | null>();
    const watcher: Watcher = { onProgress, end: resolve };
    this.#watchers.set(asked, (this.#watchers.get(asked) ?? new Set()).add(watcher));
    const cancel = () => {
      const id = this.#placeOf(asked);
      const watchers = this.#watchers.get(id);
      if (watchers?.delete(watcher) !== true) return;
      const job = this.#open().find((open) => open.id === id);
      if (watchers.size > 0 || job === undefined || !this.#personal.has(id)) return resolve(null);
      // Its end is told to the one who cancelled it as well.
      watchers.add(watcher);
      this.cancel(id);
    };
    return { job: asked, ended, cancel };
  }

  #placeOf(id: number): number {
    const next = this.#moved.get(id);
    return next === undefined ? id : this.#placeOf(next);
  }

  #progressOf(id: number): OnProgress {
    const { jobs, clock, onChange } = this.#options;
    let written = Number.NEGATIVE_INFINITY;
    return (progress) => {
      for (const { onProgress } of this.#watchers.get(id) ?? []) onProgress(progress);
      if (clock.now() - written < progressMilliseconds) return;
      written = clock.now();
      this.#quietly(() => jobs.progress(id, progress));
      onChange?.();
    };
  }

  /** What is not worth failing for. */
  #quietly(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'a job cannot be written down');
    }
  }

  #tell(id: number, result: SourceResult | null): void {
    const watchers = this.#watchers.get(id);
    this.#watchers.delete(id);
    this.#personal.delete(id);
    for (const [taken, by] of this.#moved) if (by === id) this.#moved.delete(taken);
    for (const { end } of watchers ?? []) end(result);
  }

  #changed(): void {
    this.#options.onChange?.();
    this.pump();
  }

  #wakeAt(due: number | null): void {
    this.#wake();
    this.#wake = () => undefined;
    if (due === null) return;
    const { clock } = this.#options;
    this.#wake = clock.after(Math.max(0, due - clock.now()), () => this.pump());
  }
}

const cancelled = new GuaritaError('request-abandoned');
const serviceEnds = new Error('the service ends');

function soonest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function requestOf({ kind, source, view, reason, due }: Job): JobRequest {
  return { kind, source, view, reason, due };
}
