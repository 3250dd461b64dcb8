/**
 * The national base: one PostgreSQL dialect, spoken by a server (`postgres.ts`) or in process (`pglite.ts`). Errors are
 * those of `errors.ts`; of a transaction that was stopped by its signal, the signal's reason as it is.
 */
export interface Base {
  /** How long a step of a long job should take, see `steps.ts`. */
  readonly stepMilliseconds: number;
  /** How many parts of a long job do well at once: beside each other they are read, worked on and written. */
  readonly atOnce: number;
  /**
   * Runs in one transaction: commits what `work` did when it returns, takes it back when it throws or is stopped.
   * `work` waits for nothing but its transaction, and for no other one: in process nobody else is answered until then.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Several questions to one state of the base, whatever is committed meanwhile; a write among them is refused. */
  snapshot<T>(work: (questions: Questions) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}

/** What the base is used for; each use has connections and limits of its own, see `uses.ts`. */
export type Use = 'loading' | 'treating' | 'pages';

export interface TransactionOptions {
  /** `loading` where nothing is said. */
  readonly use?: Use;
  /**
   * Stops it while it waits for a connection, in the middle of a statement on a server, in process before the next
   * statement. One that is stopped while it commits may be committed.
   */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the limit of the use. */
  readonly timeoutSeconds?: number | undefined;
  /** Its questions are led to few rows by indexes: a plan that reads a whole table is never the better one. */
  readonly byIndex?: boolean;
}

/** Has the server plan so until the transaction ends. */
export const plansByIndex = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']
  .map((setting) => `SET LOCAL ${setting} TO off`)
  .join('; ');

export interface Questions {
  query<R extends object>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  /**
   * The rows of one question, a bounded number of them at a time and in memory. Whoever leaves the loop early ends the
   * question. The planner is told that all of them will be read: for a few, LIMIT is faster. The transaction lasts as
   * long as the loop: what may read for more than a moment in process reads in steps (`steps.ts`) instead.
   */
  rows<R extends object>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly atOnce: number },
  ): AsyncIterable<R[]>;
}

export interface Transaction extends Questions {
  /** Several statements at once, without parameters. */
  execute(sql: string): Promise<void>;
  /**
   * A part of the transaction, taken back by itself when it comes to null, when a row is refused (one that breaks a
   * constraint of its table, or does not fit it), or when a lock cannot be had in its time. That comes to null, too. One
   * at a time; whatever else it throws ends the transaction.
   */
  attempt<T>(part: () => Promise<T | null>): Promise<T | null>;
  /**
   * Copies lines in COPY text format into a table, as bytes; returns the number of rows.
   * @param table its name as SQL takes it, with the list of columns where the lines have not all of them
   */
  copyIn(table: string, lines: Buffer): Promise<number>;
}
