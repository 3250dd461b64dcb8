import { Cron } from 'croner';
import { writtenDay } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { addLetter, type NewLetter } from '../base/access-layer/outbox.ts';
import type { Base } from '../base/base.ts';
import type { CentralConfig, SourceEntry } from '../config.ts';
import { type Notice, noticesOf } from '../notices/notices.ts';
import type { CentralState } from '../state/state.ts';
import { statusReport } from '../status/report.ts';
import { statesText } from '../status/states.ts';
import type { Clock } from './clock.ts';
import { readFactsOf, readOpenJobs } from './read-facts.ts';

/** How often it is looked at how things are. */
const lookMilliseconds = 60_000;
/** Of no use later: how things are is told by the next summary. */
const keptMilliseconds = 3 * 86_400_000;
/** A summary that was due while central was away is sent when it comes back within this. */
const lateMilliseconds = 6 * 3_600_000;

export interface NotifierOptions {
  readonly config: Pick<
    CentralConfig,
    'state' | 'schedule' | 'timeZone' | 'reconcile' | 'sources' | 'notices'
  >;
  readonly sources: () => readonly SourceEntry[];
  readonly state: Pick<CentralState, 'runs'>;
  readonly base: Base;
  readonly clock: Clock;
  readonly log: Logger;
  /** Something was set down. */
  readonly onAdded: () => void;
}

/**
 * Sets down in the outbox what whoever operates central is to be told: what is the matter, soon after it came up, and how
 * all is, once a day. The outbox knows what was told, so that nothing is remembered here.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #summary: Cron;
  #next: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  /** Throws `config-invalid` for a schedule of the summary that is none. */
  constructor(options: NotifierOptions) {
    this.#options = options;
    const { notices, timeZone } = options.config;
    try {
      this.#summary = new Cron(notices.summary, { timezone: timeZone, paused: true });
    } catch (error) {
      throw new GuaritaError('config-invalid', `notices.summary: "${notices.summary}".`, { cause: error });
    }
  }

  /** Begins, and then looks again and again by itself. */
  start(): void {
    this.#looking = this.#looking.then(() => this.#look());
  }

  /** Resolves when what was begun to be set down is, or could not be. */
  settled(): Promise<void> {
    return this.#looking;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#next?.();
    this.#summary.stop();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { base, clock, log } = this.#options;
    try {
      const now = new Date(clock.now());
      const letters = this.#noticesAt(now).flatMap((notice) => this.#lettersOf(notice, now));
      if (letters.length > 0) {
        const added = await base.transaction(
          async (tx) => {
            let news = 0;
            for (const letter of letters) if (await addLetter(tx, letter, now)) news++;
            return news;
          },
          { use: 'pages' },
        );
        if (added > 0) this.#options.onAdded();
      }
    } catch (error) {
      log.warn({ err: error }, 'what operators are to be told cannot be set down');
    }
    if (!this.#stopped) this.#next = clock.after(lookMilliseconds, () => this.start());
  }

  #noticesAt(now: Date): Notice[] {
    const { config, sources, state } = this.#options;
    const all = sources();
    const failing = new Map(state.runs.failing().map(({ source, ...rest }) => [source, rest]));
    const { rows } = statusReport(readFactsOf(config.state, all), { ...config, sources: all }, now);
    const notices = noticesOf(rows, failing, config.notices.failures);
    const [due] = this.#summary.previousRuns(1, now);
    if (due === undefined || now.getTime() - due.getTime() > lateMilliseconds) return notices;
    const since = new Map([...failing].map(([source, { since: at }]) => [source, at]));
    const summary: Notice = {
      key: `summary ${due.toISOString()}`,
      subject: `Guarita: resumo de ${writtenDay(due)}`,
      text:
        rows.length === 0
          ? 'Nenhum estado cadastrado.'
          : statesText(rows, readOpenJobs(config.state, all, now), since),
    };
    return [...notices, summary];
  }

  #lettersOf({ key, subject, text }: Notice, now: Date): NewLetter[] {
    const { mail, webhook } = this.#options.config.notices;
    const until = new Date(now.getTime() + keptMilliseconds);
    return [
      ...mail.map((to): NewLetter => ({ means: 'mail', key: `${key} > ${to}`, to, subject, text, until })),
      ...(webhook === undefined
        ? []
        : [{ means: 'webhook', key: `${key} > webhook`, to: '', subject, text, until } as const]),
    ];
  }
}
