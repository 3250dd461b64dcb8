import { Cron } from 'croner';
import type { CentralConfig, SourceEntry } from '../../config.ts';
import type { CentralState } from '../../state/state.ts';
import type { Clock } from '../clock.ts';
import { plannedOf } from '../plans.ts';
import type { Part } from './part.ts';
import { ShownTable } from './shown-table.ts';

/** What is due of each source, when next, and when it was last done. */
export function shownSchedule(
  state: Pick<CentralState, 'jobs' | 'views'>,
  config: Pick<CentralConfig, 'schedule' | 'reconcile' | 'timeZone'>,
  sources: () => readonly SourceEntry[],
  clock: Clock,
): Part {
  return new ShownTable('schedule', () => {
    const now = clock.now();
    const next = new Map<string, string | null>();
    const nextOf = (expression: string): string | null => {
      const known = next.get(expression);
      if (known !== undefined) return known;
      const run = new Cron(expression, { timezone: config.timeZone }).nextRun(new Date(now));
      next.set(expression, run?.toISOString() ?? null);
      return next.get(expression) ?? null;
    };
    return plannedOf(sources(), config, state, now).map(
      ({ source, kind, view = null, schedule, lastDone }) => ({
        ...{ source, kind, view, expression: schedule, zone: config.timeZone, next: nextOf(schedule) },
        last_done: lastDone === null ? null : new Date(lastDone).toISOString(),
      }),
    );
  });
}
