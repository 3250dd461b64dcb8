import { asGuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import {
  beginLetter,
  dueLetters,
  type Letter,
  letterFailed,
  letterSent,
  type Means,
  tidyOutbox,
} from '../base/access-layer/outbox.ts';
import type { Base, Transaction } from '../base/base.ts';
import type { Post } from '../outbox/post.ts';
import type { Clock } from './clock.ts';
import { Turns } from './turns.ts';

/** How often the base is asked for what is to be sent. */
const lookMilliseconds = 15_000;
/** After a failure it is tried again later and later, from the one up to the other. */
const [shortestMilliseconds, longestMilliseconds] = [60_000, 30 * 60_000];
/** Letters at once. */
const most = 50;

/** Of one letter alone: others by the same means are sent all the same. `final`: no other try comes to anything else. */
const ofLetter: Partial<Readonly<Record<ProblemCode, 'final' | 'later'>>> = {
  'mail-refused': 'final',
  'mail-deferred': 'later',
};

export interface LetterSenderOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly posts: Readonly<Partial<Record<Means, Post>>>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** That a means does not work: since how many tries, and until when it is not tried again. */
interface Down {
  readonly code: ProblemCode;
  readonly tries: number;
  readonly until: number;
}

/**
 * Sends what the outbox holds, each letter as often as it takes, up to its end. That it is tried is written down before: one
 * that was handed over as the power went is handed over again, under the same id, but not at once and again. Nobody waits for
 * it, and one means that is down for a day holds up nothing else.
 */
export class LetterSender {
  readonly #options: LetterSenderOptions;
  readonly #turns: Turns;
  readonly #down = new Map<Means, Down>();
  /** The base could not be had the last time, which is told once. */
  #isBaseAway = false;

  constructor(options: LetterSenderOptions) {
    this.#options = options;
    this.#turns = new Turns(() => this.#sendAll(), options.clock);
  }

  /** Begins, and then looks again and again by itself; also sooner than it would have, where something was set down. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun to be sent is, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  async stop(): Promise<void> {
    await this.#turns.stop();
    for (const post of Object.values(this.#options.posts)) await post.close();
  }

  async #sendAll(): Promise<number> {
    const { posts, clock, log } = this.#options;
    try {
      await this.#write((tx) => tidyOutbox(tx, new Date(clock.now())));
      for (const [means, post] of Object.entries(posts) as [Means, Post][]) await this.#sendBy(means, post);
      this.#isBaseAway = false;
    } catch (error) {
      if (!this.#isBaseAway) log.warn({ err: error }, 'what is to be told cannot be read or written down');
      this.#isBaseAway = true;
    }
    return lookMilliseconds;
  }

  async #sendBy(means: Means, post: Post): Promise<void> {
    const { base, clock } = this.#options;
    if ((this.#down.get(means)?.until ?? 0) > clock.now()) return;
    const due = await base.snapshot(
      (questions) => dueLetters(questions, means, new Date(clock.now()), most),
      {
        use: 'pages',
      },
    );
    for (const letter of due) if (this.#turns.stopped || !(await this.#send(post, letter))) return;
  }

  /** False where others by the same means are not to be tried now. */
  async #send(post: Post, letter: Letter): Promise<boolean> {
    const { baseId, clock, log } = this.#options;
    const { number, means, tries, created } = letter;
    await this.#write((tx) => beginLetter(tx, number, new Date(clock.now() + waitAfter(tries))));
    const error = await handedOver(post, letter, `${baseId}.${number}.${Date.parse(created)}`);
    const now = new Date(clock.now());
    if (error === null) {
      await this.#write((tx) => letterSent(tx, number, now));
      if (this.#down.delete(means)) log.info({ means }, 'letters are sent again');
      return true;
    }
    const { code } = error;
    const own = ofLetter[code];
    await this.#write((tx) =>
      letterFailed(tx, number, { problem: code, givenUp: own === 'final' ? now : null }),
    );
    const before = this.#down.get(means);
    if (own !== undefined || before?.code !== code) {
      log.error({ err: error, means, letter: number }, 'a letter cannot be sent');
    }
    if (own !== undefined) return true;
    const failed = (before?.tries ?? 0) + 1;
    this.#down.set(means, { code, tries: failed, until: now.getTime() + waitAfter(failed - 1) });
    return false;
  }

  #write(work: (tx: Transaction) => Promise<void>): Promise<void> {
    return this.#options.base.transaction(work, { use: 'pages' });
  }
}

async function handedOver(post: Post, letter: Letter, id: string) {
  try {
    await post.send(letter, id);
    return null;
  } catch (error) {
    return asGuaritaError(error);
  }
}

/** @param tries that failed before */
function waitAfter(tries: number): number {
  return Math.min(shortestMilliseconds * 2 ** Math.min(tries, 10), longestMilliseconds);
}
