/** Time as a service has it; a test has its own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds, unless the function that it returns is called before. */
  after(milliseconds: number, act: () => void): () => void;
}

/** Node's timers hold no more. */
const mostMilliseconds = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, Math.min(milliseconds, mostMilliseconds));
    return () => clearTimeout(timer);
  },
};
