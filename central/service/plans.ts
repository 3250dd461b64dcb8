import { Cron } from 'croner';
import { type CentralConfig, overOf, type SourceEntry } from '../config.ts';
import type { JobKind } from '../state/jobs.ts';
import type { CentralState } from '../state/state.ts';
import type { ViewState } from '../state/view-states.ts';
import type { ScheduledSource } from './scheduler.ts';

type Schedules = Pick<CentralConfig, 'schedule' | 'reconcile' | 'timeZone'>;

/** A source's schedule for a kind of job, as it is when a service starts. */
export interface Planned {
  readonly source: string;
  readonly kind: JobKind;
  /** Only this view; all without it. */
  readonly view?: string;
  /** The last of its times that has passed; null when there is none. */
  readonly previous: number | null;
  /** Begin of the last one that was done, by whatever is known of it; null when it never was. */
  readonly lastDone: number | null;
}

/**
 * When what falls due by its date is treated, though nothing was collected: long after midnight in Brasília, whatever
 * the zone of the schedules is, and after the night's collections.
 */
const treatSchedule = '0 6 * * *';

/** When what is due of each source. */
export function schedulesOf(sources: readonly SourceEntry[], config: Schedules): ScheduledSource[] {
  return sources.flatMap((source) => [
    ...(isOver(source) ? [] : collectionsOf(source, config)),
    // What falls due by its date is treated whatever became of the agreement.
    { name: source.uf, kind: 'treat' as const, schedule: treatSchedule },
  ]);
}

/** Whether a source is asked no more. */
export function isOver(source: SourceEntry): boolean {
  return overOf(source) !== undefined;
}

function collectionsOf({ uf, schedule }: SourceEntry, config: Schedules): ScheduledSource[] {
  return [
    { name: uf, kind: 'collect', schedule: schedule ?? config.schedule },
    { name: uf, kind: 'reconcile', schedule: config.reconcile.schedule },
    ...config.reconcile.views
      .filter((own) => own.uf === undefined || own.uf === uf)
      .map(
        (own): ScheduledSource => ({ name: uf, kind: 'reconcile', schedule: own.schedule, view: own.view }),
      ),
  ];
}

/** What was due of each source before now, and when it was last done. */
export function plannedOf(
  sources: readonly SourceEntry[],
  config: Schedules,
  state: Pick<CentralState, 'jobs' | 'views'>,
  now: number,
): Planned[] {
  const views = state.views.all();
  return schedulesOf(sources, config).map((scheduled) => {
    const { name: source, kind, schedule, view } = scheduled;
    const [previous] = new Cron(schedule, { timezone: config.timeZone }).previousRuns(1, new Date(now));
    return {
      source,
      kind,
      ...(view === undefined ? {} : { view }),
      previous: previous?.getTime() ?? null,
      lastDone: lastDone(scheduled, { jobs: state.jobs, views }, now),
    };
  });
}

/**
 * Begin of the last run that did it: as the jobs say, or, of an earlier version that kept none, as its views do. A run
 * that failed counts: where another try makes sense, that one is a job by now. Null when it never was.
 */
export function lastDone(
  { name: source, kind, view: own }: ScheduledSource,
  { jobs, views }: Pick<CentralState, 'jobs'> & { readonly views: readonly ViewState[] },
  now: number,
): number | null {
  const known = views.filter((view) => view.source === source);
  if (own !== undefined && !known.some(({ view }) => view === own)) return null;
  const doing: Partial<Record<JobKind, readonly JobKind[]>> = {
    collect: ['collect', 'reconcile'],
    treat: ['treat', 'treat-full'],
  };
  const ended = (doing[kind] ?? [kind]).flatMap((each) => jobs.lastEnded(source, each)?.begun ?? []);
  const columns = { collect: 'collected', reconcile: 'reconciled' } as const;
  const column = kind === 'collect' || kind === 'reconcile' ? columns[kind] : null;
  const seen = known.flatMap((view) => {
    const instant = column !== null && view.view === (own ?? view.view) ? view[column] : null;
    return instant === null ? [] : [Date.parse(instant)];
  });
  // What lies ahead is of before the clock was set back.
  const times = [...ended, ...(seen.length === 0 ? [] : [Math.min(...seen)])].filter((time) => time <= now);
  return times.length === 0 ? null : Math.max(...times);
}
