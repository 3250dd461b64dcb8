import { Cron } from 'croner';
import type { PublishedSchedule } from '../../base/published-layer/tables.ts';
import type { CentralConfig, SourceEntry } from '../../config.ts';
import type { CentralState } from '../../state/state.ts';
import type { Clock } from '../clock.ts';
import { lastDone, schedulesOf } from '../plans.ts';
import type { Part } from './part.ts';
import { ShownTable } from './shown-table.ts';

/** What is due of each source, when next, and when it was last done. */
export function shownSchedule(
  { jobs, views }: Pick<CentralState, 'jobs' | 'views'>,
  config: Pick<CentralConfig, 'schedule' | 'reconcile' | 'timeZone'>,
  sources: () => readonly SourceEntry[],
  clock: Clock,
): Part {
  const zone = config.timeZone;
  return new ShownTable('schedule', () => {
    const now = clock.now();
    const known = { jobs, views: views.all() };
    const scheduled = schedulesOf(sources(), config);
    // Most sources share theirs.
    const expressions = new Set(scheduled.map(({ schedule }) => schedule));
    const next = new Map([...expressions].map((expression) => [expression, nextOf(expression, zone, now)]));
    return scheduled.map((one): PublishedSchedule => {
      const { name: source, kind, view = null, schedule: expression } = one;
      const last = lastDone(one, known, now);
      return {
        ...{ source, kind, view, expression, zone, next: next.get(expression) ?? null },
        last_done: last === null ? null : new Date(last).toISOString(),
      };
    });
  });
}

function nextOf(expression: string, timezone: string, now: number): string | null {
  return new Cron(expression, { timezone }).nextRun(new Date(now))?.toISOString() ?? null;
}
