import { Cron } from 'croner';
import { GuaritaError } from '../../shared/errors.ts';

/** A schedule as seen from an instant. */
export interface ScheduleFacts {
  readonly next: Date | null;
  /** The longest time between two of its next runs: over a weekend, for one that rests then. */
  readonly intervalSeconds: number;
}

/** Enough to see a whole week of a schedule that names days of it. */
const runsLookedAt = 9;

/** Throws `config-invalid` for an expression or a zone that is none. */
export function scheduleFacts(expression: string, timeZone: string, now: Date): ScheduleFacts {
  const runs = nextRuns(expression, timeZone, now);
  const gaps = runs.slice(1).map((run, index) => run.getTime() - (runs[index] ?? run).getTime());
  return { next: runs[0] ?? null, intervalSeconds: Math.max(0, ...gaps) / 1000 };
}

function nextRuns(expression: string, timeZone: string, now: Date): Date[] {
  try {
    return new Cron(expression, { timezone: timeZone }).nextRuns(runsLookedAt, now);
  } catch (error) {
    throw new GuaritaError('config-invalid', `Horário "${expression}", fuso "${timeZone}".`, {
      cause: error,
    });
  }
}
