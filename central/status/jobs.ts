import type { Job, Jobs } from '../state/jobs.ts';
import { expectedEnd } from './expected-end.ts';

/** A job as people and programs are told of it; the names are those of `--json`, and stay. Instants are ISO 8601 in UTC. */
export interface JobRow {
  readonly job: number;
  readonly kind: Job['kind'];
  readonly source: string;
  readonly view: string | null;
  readonly reason: Job['reason'];
  readonly state: 'waiting' | 'running' | 'ended';
  readonly due: string;
  readonly begun: string | null;
  readonly ended: string | null;
  readonly outcome: Job['outcome'];
  readonly problem: string | null;
  readonly progress: Job['progress'];
  /** Until about when it will last, of one that is under way and of which that can be told. */
  readonly until: string | null;
  /** Of a first load: how many rows its agent counted when it was enrolled; null where that is not known, or of another job. */
  readonly expectedRows: number | null;
}

/**
 * Jobs that wait or are under way, and the last ones that ended, the latest last.
 * @param expected how many rows the agent of a source counted when it was enrolled; null where that is not known
 * @param isAtWork whether any process has the folder; where none has, what was begun was cut off, and waits
 */
export function jobRows(
  jobs: Jobs,
  now: number,
  {
    mostEnded,
    isAtWork,
    expected,
  }: {
    readonly mostEnded: number;
    readonly isAtWork: () => boolean;
    readonly expected: (source: string) => number | null;
  },
): JobRow[] {
  const ended = jobs.last(mostEnded).toReversed();
  const open = jobs.open();
  const isCutOff = open.some(({ begun }) => begun !== null) && !isAtWork();
  return [
    ...ended,
    ...open.map(
      (job): Job => (isCutOff && job.begun !== null ? { ...job, begun: null, reason: 'interrupted' } : job),
    ),
  ].map((job) => rowOf(job, { jobs, now, expected }));
}

function rowOf(
  job: Job,
  {
    jobs,
    now,
    expected,
  }: { readonly jobs: Jobs; readonly now: number; readonly expected: (source: string) => number | null },
): JobRow {
  const { id, kind, source, view, reason, due, begun, ended, outcome, problem, progress } = job;
  const state = ended !== null ? 'ended' : begun === null ? 'waiting' : 'running';
  const lastMilliseconds = state === 'running' ? jobs.lastDuration(source, kind) : null;
  const isFirstLoad = state === 'running' && kind === 'collect' && view === null && lastMilliseconds === null;
  const expectedRows = isFirstLoad ? expected(source) : null;
  // One that goes on where another was cut off has fewer before it.
  const rows = reason === 'interrupted' || reason === 'retry' ? null : expectedRows;
  const until = state === 'running' ? expectedEnd(job, { lastMilliseconds, rows }, now) : null;
  return {
    ...{ job: id, kind, source, view, reason, state },
    ...{
      due: instant(due),
      begun: instantOrNull(begun),
      ended: instantOrNull(ended),
      until: instantOrNull(until),
    },
    ...{ outcome, problem, progress, expectedRows },
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function instantOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : instant(milliseconds);
}
