import { randomUUID } from 'node:crypto';
import { type StateFile, stateError, writeState } from '../../shared/state-file.ts';
import { storableText } from '../../shared/storable-text.ts';
import type { Attention, Attentions, Decision } from './attentions.ts';

/** What a person said to a doubt, wherever they said it. */
export interface Answer {
  /** A UUID. */
  readonly id: string;
  readonly source: string;
  readonly view: string;
  readonly code: string;
  /** What exactly was in doubt, and the name of that very doubt. */
  readonly subject: string;
  readonly ref: string;
  readonly decision: Decision;
  /** Who said it: a person's account. */
  readonly who: string;
  /** What it was said through, such as `command`. */
  readonly through: string;
  readonly reason: string | null;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** `outdated`: the doubt was not as that person was shown it, and nothing was decided. */
export type AnswerOutcome = 'carried-out' | 'outdated';

export interface EndedAnswer extends Answer {
  /** The order in which they were carried out. */
  readonly number: number;
  readonly outcome: AnswerOutcome;
  readonly done: string;
}

/**
 * What people answered to doubts. What an answer decides and that it was carried out are written together: whatever ends
 * the process, an answer is carried out once. They are kept for good: the base may be restored to before it had them.
 */
export class Answers {
  readonly #db: StateFile;
  readonly #attentions: Attentions;

  constructor(db: StateFile, attentions: Attentions) {
    this.#db = db;
    this.#attentions = attentions;
  }

  /** The first ones after that one. */
  after(number: number, most: number): EndedAnswer[] {
    const rows: unknown[] = this.#db
      .prepare('SELECT * FROM answer WHERE number > ? ORDER BY number LIMIT ?')
      .all(number, most);
    return rows as EndedAnswer[];
  }

  isEnded(id: string): boolean {
    return this.#db.prepare('SELECT 1 FROM answer WHERE id = ?').get(id) !== undefined;
  }

  /** The very doubt that is answered, as long as it is as it was shown. */
  doubtOf({ source, view, code, subject, ref }: Answer): Attention | undefined {
    const isMeant = (one: Attention) =>
      one.source === source && one.view === view && one.code === code && one.ref === ref;
    // The base cannot hold every text.
    return this.#attentions
      .all()
      .find((one) => isMeant(one) && storableText(one.subject) === storableText(subject));
  }

  /** Carries out an answer that was recorded in the base; one that was already does nothing more. */
  carryOut(answer: Answer): AnswerOutcome | null {
    return this.#together(() => {
      if (this.isEnded(answer.id)) return null;
      const { source, view, decision, ref } = answer;
      const outcome = this.doubtOf(answer) === undefined ? 'outdated' : 'carried-out';
      if (outcome === 'carried-out') this.#attentions.decide(source, view, decision, [ref]);
      this.#write(answer, outcome);
      return outcome;
    });
  }

  /** A person decides here: see `Attentions.decide`. */
  decide(
    source: string,
    view: string | null,
    decision: Decision,
    { refs, ...said }: Pick<Answer, 'who' | 'reason'> & { readonly refs?: readonly string[] },
  ): Attention[] {
    return this.#together(() => {
      const decided = this.#attentions.decide(source, view, decision, refs);
      const at = new Date().toISOString();
      for (const { view, code, subject, ref } of decided) {
        const answer = { id: randomUUID(), source, view, code, subject, ref, decision, ...said };
        this.#write({ ...answer, through: 'command', at }, 'carried-out');
      }
      return decided;
    });
  }

  #write(answer: Answer, outcome: AnswerOutcome): void {
    writeState(
      this.#db,
      `INSERT INTO answer
         (id, source, view, code, subject, ref, decision, who, through, reason, at, outcome, done)
       VALUES (@id, @source, @view, @code, @subject, @ref, @decision, @who, @through, @reason, @at, @outcome, @done)`,
      { ...answer, outcome, done: new Date().toISOString() },
    );
  }

  #together<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate();
    } catch (error) {
      throw stateError(error, this.#db.name);
    }
  }
}
