import type { Logger } from '../../shared/log.ts';

/** What could not be written down of jobs, as on a full disk: kept until it can be. */
export class LateWrites {
  readonly #log: Logger;
  /** By job: of one, the last word counts. */
  readonly #writes = new Map<number, () => void>();

  constructor(log: Logger) {
    this.#log = log;
  }

  get size(): number {
    return this.#writes.size;
  }

  /** Whether what the file says of a job is not true any more. */
  has(job: number): boolean {
    return this.#writes.has(job);
  }

  /** Writes now, or when `again` is called and it can be. */
  write(job: number, write: () => void): void {
    try {
      write();
      this.#writes.delete(job);
    } catch (error) {
      if (!this.#writes.has(job)) this.#log.error({ err: error }, 'a job cannot be written down');
      this.#writes.set(job, write);
    }
  }

  again(): void {
    for (const [job, write] of [...this.#writes]) this.write(job, write);
  }
}
