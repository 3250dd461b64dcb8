import { asGuaritaError, type GuaritaError } from '../../shared/errors.ts';
import { type Pause, pause } from '../../shared/pause.ts';
import { backoffSeconds, maxFailures } from './backoff.ts';

export interface Patience {
  readonly stop: AbortSignal;
  readonly pause?: Pause;
  /** Told of each failure that is tried again, and how long is waited first. */
  readonly onFailure: (error: GuaritaError, seconds: number) => void;
}

/**
 * Does something that may fail for a while, as often as a page would be tried: five times in a row, with growing
 * pauses. Throws the last error; at once one that another try does not mend, or when it is told to stop.
 */
export async function patiently<T>(patience: Patience, work: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      const known = asGuaritaError(error);
      if (known.retry !== 'later' || failures >= maxFailures || patience.stop.aborted) throw known;
      const seconds = backoffSeconds(failures, known.retryAfterSeconds ?? 0, Math.random());
      patience.onFailure(known, seconds);
      await (patience.pause ?? pause)(seconds * 1000, patience.stop);
      if (patience.stop.aborted) throw known;
    }
  }
}
