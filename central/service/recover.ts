import type { Job, JobRequest, Jobs } from '../state/jobs.ts';
import { covers } from './job-queue.ts';
import type { Planned } from './plans.ts';

/** Marks what was under way when a process was killed as interrupted: due again, and under way no more. */
export function interruptKilled(jobs: Jobs, now: number): void {
  for (const { id, begun } of jobs.open()) {
    if (begun !== null) jobs.postpone(id, { reason: 'interrupted', due: now });
  }
}

export interface CatchUpOptions {
  readonly now: number;
  /** Within how many everything begins. */
  readonly milliseconds: number;
  /** Nothing is ever due later than this from when it was asked for: what is, the clock was set back since. */
  readonly mostAhead: number;
  /** A number in [0, 1) each time. */
  readonly random: () => number;
}

export interface CatchUp {
  /** What its time passed for while nobody was at work. */
  readonly missed: readonly JobRequest[];
  /** What waits, and is spread out like the missed. */
  readonly spread: readonly Pick<Job, 'id' | 'reason' | 'due'>[];
  /** What waits for a source that is not known any more. */
  readonly dropped: readonly Job[];
}

/**
 * What a service makes up for when it starts: what it was to do meanwhile, and what it had not ended. A moment each,
 * chosen at random within `milliseconds`, so that not all states are asked in the same second.
 */
export function catchUp(planned: readonly Planned[], open: readonly Job[], options: CatchUpOptions): CatchUp {
  const { now, milliseconds, mostAhead, random } = options;
  const soon = () => now + Math.floor(random() * milliseconds);
  const known = new Set(planned.map(({ source }) => source));
  const missed = planned.flatMap(({ source, kind, view = null, previous, lastDone }): JobRequest[] => {
    if (previous === null || lastDone === null || lastDone >= previous) return [];
    return [{ source, kind, view, reason: 'missed', due: soon() }];
  });
  return {
    // A reconciliation collects as well.
    missed: missed.filter(
      (one, index) =>
        !missed.some(
          (other, place) => other !== one && covers(other, one) && (place < index || !covers(one, other)),
        ),
    ),
    spread: open
      .filter(
        ({ source, due, begun }) =>
          begun === null && known.has(source) && (due <= now || due > now + mostAhead),
      )
      .map(({ id, reason }) => ({ id, reason, due: soon() })),
    dropped: open.filter(({ source }) => !known.has(source)),
  };
}
