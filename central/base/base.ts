/**
 * The national base as loading sees it: one PostgreSQL dialect, spoken by a server (`postgres.ts`) or in process
 * (`pglite.ts`). Errors are those of `errors.ts`.
 */
export interface Base {
  /** Runs in one transaction: commits what `work` did when it returns, takes it back when it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Transaction {
  query<R extends object>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** Several statements at once, without parameters. */
  execute(sql: string): Promise<void>;
  /** Copies lines in COPY text format into a table, as bytes; returns the number of rows. */
  copyIn(table: string, lines: Buffer): Promise<number>;
}
