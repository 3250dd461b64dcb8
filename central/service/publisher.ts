import type { Logger } from '../../shared/log.ts';
import type { Base } from '../base/base.ts';
import { publishJobs } from '../base/source-layer/publish-jobs.ts';
import type { Jobs } from '../state/jobs.ts';
import type { Clock } from './clock.ts';

/** Jobs of the past that are shown at a start: of 28 states collected daily, a month. */
const mostAtStart = 1000;
/** Changes within this are shown together. */
const togetherMilliseconds = 2000;
/** After this the base is tried again, when it could not be had. */
const againMilliseconds = 60_000;

/**
 * Shows in the base what the service does and will do, for the console: soon after it changed, and once more at the
 * end. A base that cannot be had holds up nothing.
 */
export class Publisher {
  readonly #base: Base;
  readonly #jobs: Jobs;
  readonly #clock: Clock;
  readonly #log: Logger;
  #cancel: (() => void) | null = null;
  #publishing: Promise<void> = Promise.resolve();
  /** The last job that is shown; null before the first time. */
  #last: number | null = null;
  /** Jobs that are shown as open. */
  #open: readonly number[] = [];

  constructor(base: Base, jobs: Jobs, clock: Clock, log: Logger) {
    this.#base = base;
    this.#jobs = jobs;
    this.#clock = clock;
    this.#log = log;
  }

  changed(): void {
    this.#cancel ??= this.#clock.after(togetherMilliseconds, () => this.#publish());
  }

  /** Resolves when what was begun to be shown is, or could not be. */
  settled(): Promise<void> {
    return this.#publishing;
  }

  /** Shows how all ended, and nothing more. */
  async close(): Promise<void> {
    this.#publish();
    await this.#publishing;
    this.#cancel?.();
  }

  #publish(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#publishing = this.#publishing.then(() => this.#publishOnce());
  }

  /** By their numbers, not by when they ended: clocks are set back. */
  async #publishOnce(): Promise<void> {
    const last = this.#last;
    try {
      const open = this.#jobs.open();
      const jobs =
        last === null
          ? [...this.#jobs.last(mostAtStart), ...open]
          : [...this.#open.flatMap((id) => this.#jobs.find(id) ?? []), ...this.#jobs.after(last)];
      await publishJobs(this.#base, jobs, last === null);
      this.#last = Math.max(last ?? 0, ...jobs.map(({ id }) => id));
      this.#open = jobs.filter(({ ended }) => ended === null).map(({ id }) => id);
    } catch (error) {
      this.#log.warn({ err: error }, 'jobs cannot be shown in the base');
      this.#cancel ??= this.#clock.after(againMilliseconds, () => this.#publish());
    }
  }
}
