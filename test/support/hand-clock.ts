import type { Clock } from '../../central/service/clock.ts';

/** A clock that goes when the test says so. */
export class HandClock implements Clock {
  #now: number;
  readonly #timers = new Map<object, { readonly at: number; readonly act: () => void }>();

  constructor(now = Date.UTC(2026, 0, 1, 3)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, act: () => void): () => void {
    const timer = {};
    this.#timers.set(timer, { at: this.#now + milliseconds, act });
    return () => void this.#timers.delete(timer);
  }

  /** How long from now each timer has to go, the soonest first. */
  get waiting(): number[] {
    return [...this.#timers.values()].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Lets so much time pass: every timer goes off at its time. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (next === undefined) break;
      const [timer, { at, act }] = next;
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, at);
      act();
    }
    this.#now = end;
  }

  /** The process is no more, and nothing that it waited for happens. */
  forget(): void {
    this.#timers.clear();
  }

  /** Set by somebody, forward or back: no timer notices. */
  set(now: number): void {
    this.#now = now;
  }
}
