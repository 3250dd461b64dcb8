import type { Base, Questions, Transaction, TransactionOptions } from '../../central/base/base.ts';

/** A base that keeps how each of some questions was going to be answered. */
export class PlannedBase implements Base {
  readonly #base: Base;
  readonly #which: RegExp;
  /** As EXPLAIN tells them. */
  readonly plans: string[] = [];

  /** @param which questions, by their SQL */
  constructor(base: Base, which: RegExp) {
    this.#base = base;
    this.#which = which;
  }

  get atOnce(): number {
    return this.#base.atOnce;
  }

  get stepMilliseconds(): number {
    return this.#base.stepMilliseconds;
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.#base.transaction(
      (tx) =>
        work({
          ...this.#planned(tx),
          execute: (sql) => tx.execute(sql),
          attempt: (part) => tx.attempt(part),
          copyIn: (table, lines) => tx.copyIn(table, lines),
        }),
      options,
    );
  }

  snapshot<T>(work: (questions: Questions) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return this.#base.snapshot((questions) => work(this.#planned(questions)), options);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #planned(questions: Questions): Questions {
    return {
      rows: (sql, parameters, options) => questions.rows(sql, parameters, options),
      query: async (sql, parameters) => {
        if (this.#which.test(sql)) {
          const lines = await questions.query<object>(`EXPLAIN ${sql}`, parameters);
          this.plans.push(lines.flatMap((line) => Object.values(line) as string[]).join('\n'));
        }
        return questions.query(sql, parameters);
      },
    };
  }
}
