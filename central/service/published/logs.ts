import {
  dropOld,
  type PublishedJob,
  type PublishedRun,
  type PublishedRunView,
  putRows,
} from '../../base/published-layer/tables.ts';
import type { Job } from '../../state/jobs.ts';
import type { Run, ViewResult } from '../../state/runs.ts';
import type { CentralState } from '../../state/state.ts';
import type { Part } from './part.ts';
import { ShownLog } from './shown-log.ts';

/** What waits, is under way and was done last. */
export function shownJobs({ jobs }: Pick<CentralState, 'jobs'>): Part {
  return new ShownLog<Job>({
    lastId: () => jobs.lastId(),
    find: (id) => jobs.find(id),
    after: (id, most) => jobs.after(id, most),
    old: (upTo) => jobs.open().filter(({ id }) => id <= upTo),
    isOpen: ({ ended }) => ended === null,
    async write(tx, entries, dropUpTo) {
      await putRows(tx, 'job', entries.map(jobRow));
      await dropOld(tx, 'job', dropUpTo);
    },
  });
}

type RunWithViews = Run & { readonly views: readonly ViewResult[] };

/** What the last runs came to, for each view. */
export function shownRuns({ runs }: Pick<CentralState, 'runs'>): Part {
  const withViews = (run: Run): RunWithViews => ({ ...run, views: runs.views(run.id) });
  return new ShownLog<RunWithViews>({
    lastId: () => runs.lastId(),
    find(id) {
      const run = runs.find(id);
      return run === undefined ? undefined : withViews(run);
    },
    after: (id, most) => runs.after(id, most).map(withViews),
    old: () => [],
    // One that a kill cut short ends with the next process: nothing changes of what is before the one that follows it.
    isOpen: ({ id, ended, source }) => ended === null && runs.lastOf(source) === id,
    async write(tx, entries, dropUpTo) {
      await putRows(tx, 'run', entries.map(runRow));
      await putRows(tx, 'run_view', entries.flatMap(runViewRows));
      await dropOld(tx, 'run', dropUpTo);
    },
  });
}

function jobRow({ progress, due, asked, begun, ended, ...job }: Job): PublishedJob {
  const { done = null, total = null, rows = null } = progress ?? {};
  return {
    ...{ ...job, done, total, rows },
    ...{ due: instant(due), asked: instant(asked), begun: instantOrNull(begun), ended: instantOrNull(ended) },
  };
}

function runRow({ views: _views, ...run }: RunWithViews): PublishedRun {
  return run;
}

function runViewRows({ id, views }: RunWithViews): PublishedRunView[] {
  return views.map((view) => ({ ...view, run: id }));
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function instantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : instant(milliseconds);
}
