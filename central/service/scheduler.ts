import { Cron } from 'croner';
import { GuaritaError } from '../../shared/errors.ts';
import type { JobKind } from '../state/jobs.ts';

export interface ScheduledSource {
  readonly name: string;
  /** Five fields of cron, or six with seconds first. */
  readonly schedule: string;
  /** What is due at these times. */
  readonly kind: JobKind;
  /** Only this view; all without it. */
  readonly view?: string;
}

/** Calls `act` for each source at its times. */
export class Scheduler {
  readonly #jobs: Cron[] = [];

  /** Throws `config-invalid` for an expression or a zone that is none. */
  constructor(
    sources: readonly ScheduledSource[],
    timeZone: string,
    act: (name: string, kind: JobKind, view: string | null) => void,
  ) {
    for (const { name, schedule, kind, view = null } of sources) {
      try {
        this.#jobs.push(new Cron(schedule, { timezone: timeZone }, () => act(name, kind, view)));
      } catch (error) {
        // Those that were right are at work by now, and would keep the process from ending.
        this.stop();
        throw new GuaritaError('config-invalid', `Horário "${schedule}" de ${name}.`, { cause: error });
      }
    }
  }

  /** The soonest next run of any source. */
  next(): Date | null {
    const times = this.#jobs.map((job) => job.nextRun()).filter((time) => time !== null);
    return times.length === 0 ? null : new Date(Math.min(...times.map(Number)));
  }

  stop(): void {
    for (const job of this.#jobs) job.stop();
  }
}
