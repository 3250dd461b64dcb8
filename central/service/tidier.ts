import type { Logger } from '../../shared/log.ts';
import { tidyAsked } from '../base/access-layer/asked-letters.ts';
import { tidyHelpRequests } from '../base/access-layer/help-requests.ts';
import { tidyOutbox } from '../base/access-layer/outbox.ts';
import { tidyUnconfirmed } from '../base/access-layer/unconfirmed-requests.ts';
import type { Base } from '../base/base.ts';
import type { Clock } from './clock.ts';
import { Turns } from './turns.ts';

const lookMilliseconds = 3_600_000;

/** What people wrote, or were to be told, does not stay longer than it is said to: looked after once an hour. */
export class Tidier {
  readonly #turns: Turns;
  /** The base could not be had the last time, which is told once. */
  #isBaseAway = false;

  constructor({ base, clock, log }: { readonly base: Base; readonly clock: Clock; readonly log: Logger }) {
    this.#turns = new Turns(async () => {
      try {
        const now = new Date(clock.now());
        await base.transaction(
          async (tx) => {
            await tidyOutbox(tx, now);
            await tidyAsked(tx, now);
            await tidyHelpRequests(tx, now);
            await tidyUnconfirmed(tx, now);
          },
          { use: 'pages' },
        );
        this.#isBaseAway = false;
      } catch (error) {
        if (!this.#isBaseAway) log.warn({ err: error }, 'what is kept no longer cannot be removed');
        this.#isBaseAway = true;
      }
      return lookMilliseconds;
    }, clock);
  }

  /** Begins, and then looks again and again by itself. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun is done, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  stop(): Promise<void> {
    return this.#turns.stop();
  }
}
