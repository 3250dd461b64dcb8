import { asGuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import {
  dueLetters,
  forgetOldLetters,
  type Letter,
  letterFailed,
  letterSent,
  type Means,
} from '../base/access-layer/outbox.ts';
import type { Base } from '../base/base.ts';
import type { Post } from '../outbox/post.ts';
import type { Clock } from './clock.ts';

/** How often the base is asked for what is to be sent. */
const lookMilliseconds = 15_000;
/** After a failure a letter is tried again later and later, up to this. */
const longestMilliseconds = 30 * 60_000;
/** Letters at once. */
const most = 50;

/** No other try will come to anything else. */
const final: readonly ProblemCode[] = ['mail-refused'];

export interface LetterSenderOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly posts: Readonly<Partial<Record<Means, Post>>>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Sends what the outbox holds, each letter as often as it takes, up to its end. One that was handed over as the power went is
 * handed over again, under the same id. Nobody waits for it, and a server that is down for a day holds up nothing else.
 */
export class LetterSender {
  readonly #options: LetterSenderOptions;
  #next: (() => void) | null = null;
  #sending: Promise<void> = Promise.resolve();
  #stopped = false;
  /** What went wrong last by each means, so that it is told once. */
  readonly #problems = new Map<Means, string>();

  constructor(options: LetterSenderOptions) {
    this.#options = options;
  }

  /** Begins, and then looks again and again by itself; also sooner than it would have, where something was set down. */
  start(): void {
    this.#next?.();
    this.#next = null;
    this.#sending = this.#sending.then(() => this.#sendAll());
  }

  /** Resolves when what was begun to be sent is, or could not be. */
  settled(): Promise<void> {
    return this.#sending;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#next?.();
    await this.#sending;
    for (const post of Object.values(this.#options.posts)) await post.close();
  }

  async #sendAll(): Promise<void> {
    const { base, clock, log } = this.#options;
    try {
      const due = await base.snapshot((questions) => dueLetters(questions, new Date(clock.now()), most), {
        use: 'pages',
      });
      const down = new Set<Means>();
      for (const letter of due) {
        if (this.#stopped) return;
        if (!down.has(letter.means) && !(await this.#send(letter))) down.add(letter.means);
      }
      await base.transaction((tx) => forgetOldLetters(tx, new Date(clock.now())), { use: 'pages' });
    } catch (error) {
      log.warn({ err: error }, 'what is to be told cannot be read or written down');
    }
    this.#next?.();
    if (!this.#stopped) this.#next = clock.after(lookMilliseconds, () => this.start());
  }

  /** False where others by the same means are not to be tried now. */
  async #send(letter: Letter): Promise<boolean> {
    const { base, baseId, posts, clock, log } = this.#options;
    const { number, means, tries } = letter;
    const post = posts[means];
    // It was set down under another configuration; it waits for one, up to its end.
    const failure =
      post === undefined
        ? { code: 'outbox-closed' as const, error: null }
        : await this.#handOver(post, letter, `${baseId}.${number}`);
    const now = new Date(clock.now());
    if (failure === null) {
      await base.transaction((tx) => letterSent(tx, number, now), { use: 'pages' });
      if (this.#problems.delete(means)) log.info({ means }, 'letters are sent again');
      return true;
    }
    const { code, error } = failure;
    const isFinal = final.includes(code);
    const wait = Math.min(60_000 * 2 ** Math.min(tries, 10), longestMilliseconds);
    const next = isFinal ? null : new Date(now.getTime() + wait);
    await base.transaction((tx) => letterFailed(tx, number, { problem: code, next, now }), { use: 'pages' });
    if (this.#problems.get(means) !== code)
      log.error({ err: error, means, letter: number, code }, 'a letter cannot be sent');
    if (isFinal) return true;
    this.#problems.set(means, code);
    return false;
  }

  async #handOver(
    post: Post,
    letter: Letter,
    id: string,
  ): Promise<{ readonly code: ProblemCode; readonly error: unknown } | null> {
    try {
      await post.send(letter, id);
      return null;
    } catch (thrown) {
      const error = asGuaritaError(thrown);
      return { code: error.code, error };
    }
  }
}
