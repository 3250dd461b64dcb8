import { Cron } from 'croner';
import { writtenDay } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type AccessHealth, accessHealth } from '../base/access-layer/access-health.ts';
import { addLetter, toldKeys } from '../base/access-layer/outbox.ts';
import type { Base } from '../base/base.ts';
import type { CentralConfig, SourceEntry } from '../config.ts';
import { accessNotices } from '../notices/access-notices.ts';
import { type Notice, noticesOf } from '../notices/notices.ts';
import { type AuditFacts, readAuditFacts } from '../state/audit-memory.ts';
import type { CentralState } from '../state/state.ts';
import { accessLines } from '../status/access-lines.ts';
import { auditLines, faultText } from '../status/audit-lines.ts';
import { shippingsOf } from '../status/audit-shipping.ts';
import { statusReport } from '../status/report.ts';
import { statesText } from '../status/states.ts';
import type { Clock } from './clock.ts';
import { readFactsOf, readOpenJobs } from './read-facts.ts';
import { Turns } from './turns.ts';

/** How often it is looked at how things are. */
const lookMilliseconds = 60_000;
/** Of no use later: how things are is told by the next summary. */
const keptMilliseconds = 3 * 86_400_000;
/** A summary that was due while central was away is sent when it comes back within this. */
const lateMilliseconds = 6 * 3_600_000;

export interface NotifierOptions {
  readonly config: Pick<
    CentralConfig,
    'state' | 'schedule' | 'timeZone' | 'reconcile' | 'sources' | 'notices' | 'console'
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
  readonly #turns: Turns;
  /** State or base could not be had the last time, which is told once. */
  #isAway = false;

  /** Throws `config-invalid` for a schedule of the summary that is none. */
  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#turns = new Turns(() => this.#look(), options.clock);
    const { notices, timeZone } = options.config;
    try {
      this.#summary = new Cron(notices.summary, { timezone: timeZone, paused: true });
    } catch (error) {
      throw new GuaritaError('config-invalid', `notices.summary: "${notices.summary}".`, { cause: error });
    }
  }

  /** Begins, and then looks again and again by itself. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun to be set down is, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  async stop(): Promise<void> {
    this.#summary.stop();
    await this.#turns.stop();
  }

  async #look(): Promise<number> {
    const { base, clock, log, onAdded } = this.#options;
    try {
      const now = new Date(clock.now());
      const access = await base.snapshot((questions) => accessHealth(questions, now), { use: 'pages' });
      const told = this.#noticesAt(now, access).flatMap((notice) => this.#tellings(notice));
      const known = await base.snapshot(
        (questions) =>
          toldKeys(
            questions,
            told.flatMap(({ keys }) => keys),
          ),
        { use: 'pages' },
      );
      const news = told.filter(({ keys }) => keys.some((key) => !known.has(key)));
      const until = new Date(now.getTime() + keptMilliseconds);
      if (news.length > 0) {
        await base.transaction(
          async (tx) => {
            for (const { keys, means, to, notice } of news) {
              const letter = { means, to, subject: notice.subject, text: notice.text(), until };
              await addLetter(tx, letter, keys, now);
            }
          },
          { use: 'pages' },
        );
        onAdded();
      }
      this.#isAway = false;
    } catch (error) {
      if (!this.#isAway) log.warn({ err: error }, 'what operators are to be told cannot be set down');
      this.#isAway = true;
    }
    return lookMilliseconds;
  }

  #noticesAt(now: Date, access: AccessHealth | null): Notice[] {
    const { config, sources, state } = this.#options;
    const all = sources();
    const failing = new Map(state.runs.failing().map(({ source, ...rest }) => [source, rest]));
    const { rows } = statusReport(readFactsOf(config.state, all), { ...config, sources: all }, now);
    const audit = readAuditFacts(config.state);
    const { failures } = config.notices;
    const notices = [
      ...noticesOf(rows, failing, { failures, now }),
      ...auditNotices(audit),
      ...accessNotices(access, now),
    ];
    const [due] = this.#summary.previousRuns(1, now);
    if (due === undefined || now.getTime() - due.getTime() > lateMilliseconds) return notices;
    const text = () => {
      const since = new Map([...failing].map(([source, { since: at }]) => [source, at]));
      const states =
        rows.length === 0
          ? 'Nenhum estado cadastrado.'
          : statesText(rows, readOpenJobs(config.state, all, now), since);
      return [
        states,
        ...auditLines(audit, shippingsOf(audit, config.console.audit)),
        ...accessLines(access),
      ].join('\n');
    };
    const subject = `Guarita: resumo de ${writtenDay(due)}`;
    return [...notices, { keys: [`summary ${due.toISOString()}`], subject, text }];
  }

  /** To each of those who are told. */
  #tellings(notice: Notice) {
    const { mail, webhook } = this.#options.config.notices;
    const to = [
      ...mail.map((address) => ({ means: 'mail' as const, to: address, name: address })),
      ...(webhook === undefined ? [] : [{ means: 'webhook' as const, to: '', name: 'webhook' }]),
    ];
    return to.map(({ name, ...by }) => ({
      ...by,
      notice,
      keys: notice.keys.map((key) => `${key} > ${name}`),
    }));
  }
}

/** That the audit is not what was signed any more. */
function auditNotices(facts: AuditFacts | null): Notice[] {
  const fault = facts?.fault ?? null;
  if (fault === null) return [];
  const text = () => `Auditoria: ${faultText(fault)}.\n→ guarita-central audit verify`;
  return [
    {
      keys: [`audit ${fault.id} ${fault.since}`],
      subject: 'Guarita: a auditoria não é a que foi assinada',
      text,
    },
  ];
}
