import { type Job, type JobKind, type JobReason, type JobRequest, treatKinds } from '../state/jobs.ts';

/**
 * Which job joins which, and which begins next: decided here, from nothing but the jobs and the time.
 *
 * - Q1 No two jobs of one source are under way at once in a lane.
 * - Q2 Never more are under way than the limits say, in a lane and of a kind.
 * - Q3 Whatever is asked for is done by a job that covers it, and that had not ended when it was asked for; what a person
 *   decided, and a treatment whatever it is asked for, by one that had not begun: one under way may have passed what it is
 *   about already.
 * - Q4 Of those of a lane that may begin, the one with the lowest rank does. Ranks are fixed when a job is due, and grow with
 *   time: whoever waits is passed by those only that became due within the hour after it.
 */

/** Jobs of one lane have places in common. A lane holds up no other: the base has connections for each (`uses.ts`). */
export type Lane = 'loading' | 'treating';

/** What a kind of job takes and gives. */
interface Kind {
  readonly lane: Lane;
  /** Kinds that it does as well. */
  readonly covers: readonly JobKind[];
  /** What is done where it failed and that may pass. */
  readonly again: JobKind;
}

const kinds: Readonly<Record<JobKind, Kind>> = {
  collect: { lane: 'loading', covers: ['collect'], again: 'collect' },
  // Collects first: what is compared is as new as it can be. What it did not come to is owed by its views, and to collect
  // again does that as well.
  reconcile: { lane: 'loading', covers: ['reconcile', 'collect'], again: 'collect' },
  treat: { lane: 'treating', covers: treatKinds.filter((kind) => kind !== 'treat-full'), again: 'treat' },
  'treat-full': { lane: 'treating', covers: treatKinds, again: 'treat-full' },
  'treat-type': { lane: 'treating', covers: ['treat-type'], again: 'treat-type' },
  'treat-check': { lane: 'treating', covers: ['treat-check'], again: 'treat-check' },
  'treat-link': { lane: 'treating', covers: ['treat-link'], again: 'treat-link' },
  'treat-consolidate': { lane: 'treating', covers: ['treat-consolidate'], again: 'treat-consolidate' },
};

/** What is to be done where one failed and that may pass. */
export function againOf(kind: JobKind): JobKind {
  return kinds[kind].again;
}

export interface QueueLimits {
  /** Jobs under way at once in a lane. */
  readonly lanes: Readonly<Record<Lane, number>>;
  /** Of a kind; one that is not named has no limit of its own. */
  readonly of: Partial<Readonly<Record<JobKind, number>>>;
}

/**
 * Reconciliations are long: where there is more than one place, they leave one to what is short. Treatments look also at
 * what all states have in common, and each takes what the base gives to one.
 * @param parallel states that are loaded at once
 */
export function limitsFor(parallel: number): QueueLimits {
  return { lanes: { loading: parallel, treating: 1 }, of: { reconcile: Math.max(1, parallel - 1) } };
}

/** By how many milliseconds a job goes before those that became due at the same time. */
const headStart: Readonly<Record<JobReason, number>> = {
  // A person waits for it.
  asked: 3_600_000,
  decided: 3_600_000,
  enrolled: 1_800_000,
  schedule: 0,
  missed: 0,
  retry: 0,
  interrupted: 0,
  collected: 0,
};

type What = Pick<JobRequest, 'kind' | 'source' | 'view'>;

/** Whether doing one does the other. */
export function covers(one: What, other: What): boolean {
  return (
    one.source === other.source &&
    kinds[one.kind].covers.includes(other.kind) &&
    (one.view === null || one.view === other.view)
  );
}

/** Where a request goes. */
export interface Place {
  /** One that is under way, or that waits; null for a job of its own. */
  readonly joins: Job | null;
  /** Jobs that wait and that a new job covers: it does them instead. */
  readonly takesOver: readonly Job[];
  /** The soonest of all of them, for the more urgent reason. */
  readonly reason: JobReason;
  readonly due: number;
}

export function placeOf(request: JobRequest, open: readonly Job[]): Place {
  // One under way first: to wait for another would be to do it twice.
  const mayHaveBegun = request.reason !== 'decided' && kinds[request.kind].lane !== 'treating';
  const covering = open.filter((job) => covers(job, request) && (mayHaveBegun || job.begun === null));
  const joins = covering.find(({ begun }) => begun !== null) ?? covering[0];
  if (joins !== undefined) return { joins, takesOver: [], ...soonest([request, joins]) };
  const takesOver = open.filter((job) => job.begun === null && covers(request, job));
  return { joins: null, takesOver, ...soonest([request, ...takesOver]) };
}

function soonest(requests: readonly JobRequest[]): { reason: JobReason; due: number } {
  const due = Math.min(...requests.map((request) => request.due));
  const [first] = requests.toSorted((a, b) => rank(a) - rank(b));
  return { reason: first?.reason ?? 'asked', due };
}

function rank({ reason, due }: Pick<JobRequest, 'reason' | 'due'>): number {
  return due - headStart[reason];
}

/** The jobs that are to begin now, in that order. */
export function startable(open: readonly Job[], limits: QueueLimits, now: number): Job[] {
  const underWay = open.filter(({ begun }) => begun !== null);
  const waiting = open
    .filter(({ begun, due }) => begun === null && due <= now)
    .toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
  const begin: Job[] = [];
  for (const job of waiting) {
    const { lane } = kinds[job.kind];
    const busy = [...underWay, ...begin].filter(({ kind }) => kinds[kind].lane === lane);
    if (busy.length >= limits.lanes[lane]) continue;
    if (busy.some(({ source }) => source === job.source)) continue;
    const most = limits.of[job.kind] ?? limits.lanes[lane];
    if (busy.filter(({ kind }) => kind === job.kind).length >= most) continue;
    begin.push(job);
  }
  return begin;
}

/** When the next job becomes due that waits; null where none does. Those that are due wait for others to end. */
export function nextDue(open: readonly Job[], now: number): number | null {
  const times = open.flatMap(({ begun, due }) => (begun === null && due > now ? [due] : []));
  return times.length === 0 ? null : Math.min(...times);
}
