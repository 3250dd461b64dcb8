import type { Job } from '../state/jobs.ts';

/**
 * Until about when a job that is under way will last, in milliseconds since 1970: as long as the last one of its kind
 * that was done to the end, or, beyond that or without one, as its parts have gone so far. Null when nothing tells.
 * @param lastMilliseconds how long that last one took
 */
export function expectedEnd(
  { begun, progress }: Pick<Job, 'begun' | 'progress'>,
  lastMilliseconds: number | null,
  now: number,
): number | null {
  if (begun === null) return null;
  if (lastMilliseconds !== null && begun + lastMilliseconds > now) return begun + lastMilliseconds;
  if (progress === null || progress.done === 0) return null;
  const { done, total } = progress;
  return now + ((now - begun) / done) * Math.max(0, total - done);
}
