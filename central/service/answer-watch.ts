import type { Logger } from '../../shared/log.ts';
import type { Base } from '../base/base.ts';
import { openAnswers } from '../base/decided-layer/answers.ts';
import type { Answer } from '../state/answers.ts';
import type { CentralState } from '../state/state.ts';
import type { Clock } from './clock.ts';
import type { Runner } from './runner.ts';

/** A person who decided expects to see soon that it is acted on. */
const everyMilliseconds = 5000;
/** After this the base is asked again, when it could not be had. */
const againMilliseconds = 60_000;
/** At one look. */
const atOnce = 100;

export interface AnswerWatchOptions {
  readonly base: Base;
  readonly state: Pick<CentralState, 'answers' | 'changedElsewhere'>;
  readonly runner: Pick<Runner, 'owe'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether there is such a source to collect. */
  readonly isKnown: (source: string) => boolean;
  /** Told when central's state may have changed by an answer, or by another process. */
  readonly onChange: () => void;
}

/**
 * Carries out what people answered in the base (`decidido`), each answer once: for the very doubt that it is about, as
 * long as that is as it was shown. Of what was accepted the view is collected at once.
 */
export class AnswerWatch {
  readonly #options: AnswerWatchOptions;
  #cancel: () => void = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();

  constructor(options: AnswerWatchOptions) {
    this.#options = options;
  }

  /** Looks now and from then on. */
  start(): void {
    this.#looking = this.#lookAndWait();
  }

  /** Resolves when a look that has begun is over. */
  settled(): Promise<void> {
    return this.#looking;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#cancel();
    await this.#looking;
  }

  async #lookAndWait(): Promise<void> {
    let wait = everyMilliseconds;
    try {
      await this.#look();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      wait = againMilliseconds;
      this.#options.log.warn({ err: error }, 'what people decided in the base cannot be carried out');
    }
    if (!this.#stop.signal.aborted) this.#cancel = this.#options.clock.after(wait, () => this.start());
  }

  async #look(): Promise<void> {
    const { base, state, onChange } = this.#options;
    if (state.changedElsewhere()) onChange();
    const answers = await openAnswers(base, atOnce, this.#stop.signal);
    for (const answer of answers) {
      if (this.#stop.signal.aborted) return;
      this.#carryOut(answer);
    }
    // Also those that were carried out before: what became of them is not shown yet.
    if (answers.length > 0) onChange();
  }

  #carryOut(answer: Answer): void {
    const { state, runner, clock, log, isKnown } = this.#options;
    const { source, view, code, ref, decision } = answer;
    if (state.answers.isEnded(answer.id)) return;
    // First, so that whatever ends the process it is not forgotten; it begins in a turn of its own, when all is decided.
    if (decision === 'accepted' && isKnown(source) && state.answers.doubtOf(answer) !== undefined) {
      runner.owe({ source, kind: 'collect', view, reason: 'decided', due: clock.now() });
    }
    const outcome = state.answers.carryOut(answer);
    log.info({ source, view, code, ref, decision, outcome }, 'an answer was carried out');
  }
}
