import type { JobProgress } from '../state/jobs.ts';
import type { JobResult } from './job-result.ts';

export type OnProgress = (progress: JobProgress & { readonly view: string }) => void;

/** One's interest in a job. */
export interface Ticket {
  readonly job: number;
  /** What the job came to; null when it was cancelled before it had begun. */
  readonly ended: Promise<JobResult | null>;
  /** Gives the interest up, and the job with it when nobody else has one and nothing else made it due. */
  cancel(): void;
}

/** Somebody who waits for a job, as it is kept here. */
export interface Waiter {
  /** The job that does what was asked for by now: it may have been taken over. */
  job: number;
  /** What it came to; null when it was not done. */
  readonly ended: Promise<JobResult | null>;
  readonly onProgress: OnProgress;
  readonly end: (result: JobResult | null) => void;
}

/** Who waits for which job, to be told how far it is and how it ended. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  add(job: number, onProgress: OnProgress): Waiter {
    const { promise: ended, resolve: end } = Promise.withResolvers<JobResult | null>();
    const waiter = { job, ended, onProgress, end };
    this.#waiting.add(waiter);
    return waiter;
  }

  /** Another job does what they wait for. */
  move(from: number, to: number): void {
    for (const waiter of this.#of(from)) waiter.job = to;
  }

  tell(job: number, progress: Parameters<OnProgress>[0]): void {
    for (const { onProgress } of this.#of(job)) onProgress(progress);
  }

  end(job: number, result: JobResult | null): void {
    for (const waiter of this.#of(job)) this.leave(waiter, result);
  }

  endAll(): void {
    for (const waiter of this.#waiting) this.leave(waiter, null);
  }

  leave(waiter: Waiter, result: JobResult | null): void {
    this.#waiting.delete(waiter);
    waiter.end(result);
  }

  has(waiter: Waiter): boolean {
    return this.#waiting.has(waiter);
  }

  isAlone({ job }: Waiter): boolean {
    return this.#of(job).length === 1;
  }

  #of(job: number): Waiter[] {
    return [...this.#waiting].filter((waiter) => waiter.job === job);
  }
}
