import type { SourceResult } from '../collect/collect-source.ts';

/** Calls once after so many minutes, unless the function that it returns is called before. */
export type StartTimer = (minutes: number, act: () => void) => () => void;

export const startTimer: StartTimer = (minutes, act) => {
  const timer = setTimeout(act, minutes * 60_000);
  return () => clearTimeout(timer);
};

/**
 * Collects a source again some minutes after a run that failed for something that may pass, so that a state which
 * was away for a quarter of an hour at three in the morning is not a day behind. Whatever run begins first counts.
 */
export class Retries {
  readonly #minutes: number;
  readonly #collect: (name: string) => void;
  readonly #startTimer: StartTimer;
  /** What cancels the timer of each source that waits. */
  readonly #waiting = new Map<string, () => void>();
  #stopped = false;

  constructor(minutes: number, collect: (name: string) => void, start: StartTimer = startTimer) {
    this.#minutes = minutes;
    this.#collect = collect;
    this.#startTimer = start;
  }

  begun(name: string): void {
    this.#waiting.get(name)?.();
    this.#waiting.delete(name);
  }

  ended({ source, outcome, error }: SourceResult): void {
    this.begun(source);
    if (this.#stopped || outcome !== 'failed' || error?.retry !== 'later') return;
    const cancel = this.#startTimer(this.#minutes, () => {
      this.#waiting.delete(source);
      this.#collect(source);
    });
    this.#waiting.set(source, cancel);
  }

  /** No timer is left, and none is started any more. */
  stop(): void {
    this.#stopped = true;
    for (const name of [...this.#waiting.keys()]) this.begun(name);
  }
}
