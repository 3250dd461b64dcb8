import type { Logger } from '../../shared/log.ts';
import { askLetter, lastAsked } from '../base/access-layer/asked-letters.ts';
import { askLapsingLetters } from '../base/access-layer/waiting.ts';
import type { Base } from '../base/base.ts';
import { type Waiting, waitingFor } from '../letters/decisions.ts';
import type { Clock } from './clock.ts';
import { Turns } from './turns.ts';

/** How often it is looked at what waits for whom. */
const lookMilliseconds = 10 * 60_000;
const day = 24 * 3_600_000;
/** Nobody is told more often, whatever comes. */
const apart = day;
/** Where nothing new came, it is told again after so long. */
const again = 7 * day;

export interface ReminderOptions {
  readonly base: Base;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Asks for the letters that no page asks for, since only the clock knows that they are due: that decisions wait for
 * somebody, and that a role lapses. What was asked for is remembered by the base.
 */
export class Reminder {
  readonly #options: ReminderOptions;
  readonly #turns: Turns;
  /** The base could not be had the last time, which is told once. */
  #isBaseAway = false;

  constructor(options: ReminderOptions) {
    this.#options = options;
    this.#turns = new Turns(() => this.#ask(), options.clock);
  }

  /** Begins, and then looks again and again by itself. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun to be asked for is, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  stop(): Promise<void> {
    return this.#turns.stop();
  }

  async #ask(): Promise<number> {
    const { base, clock, log } = this.#options;
    try {
      const now = new Date(clock.now());
      await base.transaction(
        async (tx) => {
          await askLapsingLetters(tx, now);
          for (const waiting of await waitingFor(tx, null, now)) {
            const kind = 'decisions-wait';
            const after = new Date(now.getTime() - again);
            const last = await lastAsked(tx, { kind, about: waiting.person, after });
            if (isToBeTold(waiting, last, now)) await askLetter(tx, kind, waiting.person, now);
          }
        },
        { use: 'pages' },
      );
      this.#isBaseAway = false;
    } catch (error) {
      if (!this.#isBaseAway) log.warn({ err: error }, 'who is to be reminded cannot be found out');
      this.#isBaseAway = true;
    }
    return lookMilliseconds;
  }
}

/** @param last when they were told, if it is not long ago */
function isToBeTold({ requests, proposals, roles }: Waiting, last: Date | null, now: Date): boolean {
  if (last === null) return true;
  const isNew = (since: string) => Date.parse(since) > last.getTime();
  return now.getTime() - last.getTime() >= apart && [...requests, ...proposals, ...roles].some(isNew);
}
