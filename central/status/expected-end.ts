import type { Job } from '../state/jobs.ts';

/**
 * Until about when a job that is under way will last, in milliseconds since 1970: as long as the last one of its kind
 * that was done to the end, or, beyond that or without one, as its rows have gone so far, of as many as there should be,
 * or its parts. Null when nothing tells.
 * @param lastMilliseconds how long that last one took
 * @param rows how many there should be, of one that begins with the first; else null
 */
export function expectedEnd(
  { begun, progress }: Pick<Job, 'begun' | 'progress'>,
  { lastMilliseconds, rows }: { readonly lastMilliseconds: number | null; readonly rows: number | null },
  now: number,
): number | null {
  if (begun === null) return null;
  if (lastMilliseconds !== null && begun + lastMilliseconds > now) return begun + lastMilliseconds;
  if (progress === null) return null;
  if (rows !== null && progress.rows > 0) {
    return now + ((now - begun) / progress.rows) * Math.max(0, rows - progress.rows);
  }
  if (progress.done === 0) return null;
  const { done, total } = progress;
  return now + ((now - begun) / done) * Math.max(0, total - done);
}
