import { setTimeout as sleep } from 'node:timers/promises';

/** Lets time pass; ends early, and without an error, when the signal is aborted. A test may give one that does not. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const pause: Pause = (milliseconds, signal) =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined);
