import { asGuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type AskedLetter, askedLetters, endAsked, tidyAsked } from '../base/access-layer/asked-letters.ts';
import { addLetter } from '../base/access-layer/outbox.ts';
import type { Base } from '../base/base.ts';
import { newTemporaryPassword } from '../console/access/temporary-password.ts';
import { digestOf, newSecret } from '../console/secrets.ts';
import type { Need } from '../letters/letter.ts';
import { letterOf } from '../letters/letters.ts';
import type { Clock } from './clock.ts';
import { Turns } from './turns.ts';

/** How often the base is asked for what pages have asked for. */
const lookMilliseconds = 5000;
/** Letters at once. */
const most = 20;

export interface LetterWriterOptions {
  readonly base: Base;
  /** The console's, for links. */
  readonly origin: string;
  /** Where requests for help go; null: nowhere. */
  readonly help: string | null;
  readonly clock: Clock;
  readonly log: Logger;
  /** Something was set down in the outbox. */
  readonly onAdded: () => void;
}

/**
 * Writes the letters that pages ask for, each with its secret, if it has one, in the transaction that sets it down: of what
 * was killed in between nothing was promised to anybody.
 */
export class LetterWriter {
  readonly #options: LetterWriterOptions;
  readonly #turns: Turns;
  /** What could not be written, and is not tried again by this process. */
  readonly #faulty = new Set<string>();
  /** The base could not be had the last time, which is told once. */
  #isBaseAway = false;

  constructor(options: LetterWriterOptions) {
    this.#options = options;
    this.#turns = new Turns(() => this.#writeAll(), options.clock);
  }

  /** Begins, and then looks again and again by itself. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun to be written is, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  stop(): Promise<void> {
    return this.#turns.stop();
  }

  async #writeAll(): Promise<number> {
    const { base, clock, log, onAdded } = this.#options;
    try {
      await base.transaction((tx) => tidyAsked(tx, new Date(clock.now())), { use: 'pages' });
      const asked = await base.snapshot((questions) => askedLetters(questions, [...this.#faulty], most), {
        use: 'pages',
      });
      let written = 0;
      for (const each of asked) if (!this.#turns.stopped && (await this.#write(each))) written++;
      if (written > 0) onAdded();
      this.#isBaseAway = false;
    } catch (error) {
      if (!this.#isBaseAway) log.warn({ err: error }, 'letters that were asked for cannot be written');
      this.#isBaseAway = true;
    }
    return lookMilliseconds;
  }

  /** Whether there is a letter now. */
  async #write({ id, kind, about, asked }: AskedLetter): Promise<boolean> {
    const { base, clock, origin, help, log } = this.#options;
    try {
      const letter = letterOf(kind);
      const secret = await secretOf(letter.needs);
      const now = new Date(clock.now());
      return await base.transaction(
        async (tx) => {
          const written = await letter.write(tx, about, { now, asked, origin, help, secret });
          if (!(await endAsked(tx, id, written !== null, now)) || written === null) return false;
          await addLetter(tx, { means: 'mail', ...written }, [`${kind} ${id}`], now);
          return true;
        },
        { use: 'pages' },
      );
    } catch (error) {
      // What is not the base's is this letter's, and holds up no other.
      if (asGuaritaError(error).code === 'base-unavailable') throw error;
      this.#faulty.add(id);
      log.error({ err: error, kind, letter: id }, 'a letter that was asked for cannot be written');
      return false;
    }
  }
}

async function secretOf(need: Need) {
  switch (need) {
    case 'nothing':
      return null;
    case 'link': {
      const secret = newSecret();
      return { secret, digest: digestOf(secret) };
    }
    case 'password':
      return newTemporaryPassword();
  }
}
