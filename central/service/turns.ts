import type { Clock } from './clock.ts';

/**
 * Work that is done again and again by itself, one turn after the other and never two at once. A turn says how long it is
 * until the next one, in milliseconds; what goes wrong in it is its own to tell, it does not throw.
 */
export class Turns {
  readonly #turn: () => Promise<number>;
  readonly #clock: Clock;
  #cancel: (() => void) | null = null;
  #done: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(turn: () => Promise<number>, clock: Clock) {
    this.#turn = turn;
    this.#clock = clock;
  }

  /** Whether what is under way should come to an end. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Begins; later on, a turn sooner than it would have been. */
  start(): void {
    this.#forgetNext();
    this.#done = this.#done.then(() => this.#take());
  }

  /** Resolves when what was begun is done. */
  settled(): Promise<void> {
    return this.#done;
  }

  /** No more turns after those that were begun, for whose end it waits. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#forgetNext();
    await this.#done;
  }

  async #take(): Promise<void> {
    const milliseconds = await this.#turn();
    this.#forgetNext();
    if (!this.#stopped) this.#cancel = this.#clock.after(milliseconds, () => this.start());
  }

  #forgetNext(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
