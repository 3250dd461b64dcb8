import type { Logger } from '../../shared/log.ts';
import type { Base } from '../base/base.ts';
import { type Mark, publish } from '../base/published-layer/publish.ts';
import type { Clock } from './clock.ts';
import type { Part } from './published/part.ts';

/** Changes within this are shown together. */
const togetherMilliseconds = 2000;
/**
 * So often at least the base is told that the service is at work: what changed without its knowing is shown then, and a
 * base that could not be had is tried again.
 */
const leastOftenMilliseconds = 60_000;

/**
 * Shows in the base what central's own file knows and others must see, for the console: soon after it changed, and once
 * more at the end. A base that cannot be had holds up nothing. All is shown anew when the service begins, and whenever
 * the base does not show what it was thought to: it was restored, exchanged, or another service has written there.
 */
export class Publisher {
  readonly #base: Base;
  readonly #parts: readonly Part[];
  readonly #mark: Omit<Mark, 'ends' | 'began'>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #began: string;
  #soon: (() => void) | null = null;
  #later: (() => void) | null = null;
  #publishing: Promise<void> = Promise.resolve();
  /** Of what is shown; null when all is to be shown anew. */
  #serial: number | null = null;

  constructor(
    base: Base,
    parts: readonly Part[],
    mark: Omit<Mark, 'ends' | 'began'>,
    { clock, log }: { readonly clock: Clock; readonly log: Logger },
  ) {
    this.#base = base;
    this.#parts = parts;
    this.#mark = mark;
    this.#clock = clock;
    this.#log = log;
    this.#began = new Date(clock.now()).toISOString();
  }

  changed(): void {
    this.#soon ??= this.#clock.after(togetherMilliseconds, () => this.#publish());
  }

  /** Resolves when what was begun to be shown is, or could not be. */
  settled(): Promise<void> {
    return this.#publishing;
  }

  /** Shows how all ended, and nothing more. */
  async close(): Promise<void> {
    this.#publish(true);
    await this.#publishing;
    this.#wait();
  }

  #publish(ends = false): void {
    this.#wait();
    this.#publishing = this.#publishing.then(() => this.#publishAll(ends));
  }

  /** Forgets what was to be done later. */
  #wait(): void {
    this.#soon?.();
    this.#later?.();
    this.#soon = null;
    this.#later = null;
  }

  async #publishAll(ends: boolean): Promise<void> {
    try {
      let anew = 0;
      while (await this.#publishSome(ends)) {
        // Somebody else shows in this base, too: to begin anew at once would be for ever, for both.
        if (this.#serial === null && ++anew > 1) break;
      }
      this.#later ??= this.#clock.after(leastOftenMilliseconds, () => this.#publish());
    } catch (error) {
      // Whether it was committed is not known.
      this.#serial = null;
      this.#log.warn({ err: error }, 'what central does cannot be shown in the base');
      this.#soon ??= this.#clock.after(leastOftenMilliseconds, () => this.#publish());
    }
  }

  /** One transaction; true when there is more. */
  async #publishSome(ends: boolean): Promise<boolean> {
    const all = this.#serial === null;
    const showing = this.#parts.flatMap((part) => part.next(all) ?? []);
    const mark = { ...this.#mark, began: this.#began, ends };
    this.#serial = await publish(this.#base, mark, this.#serial, async (tx) => {
      for (const each of showing) await each.write(tx);
    });
    if (this.#serial === null) return true;
    for (const each of showing) each.shown();
    return showing.some(({ more }) => more);
  }
}
