import { randomBytes } from 'node:crypto';

/** A state database of the bench with one view `custodiado`: 12 columns, about 210 bytes a row, keyset index. */
export interface BenchSource {
  readonly engine: string;
  /** `source` of the agent's configuration. */
  readonly config: object;
  /** Runs one statement as a user who may write. */
  execute(sql: string): Promise<void>;
  /** Reads the whole view with nothing but the engine's driver, row by row as it streams them; how many there were. */
  readAlone(): Promise<number>;
  close(): Promise<void>;
}

/** A name for what is made on a server that others use as well: a database, and the user that reads it. */
export function uniqueName(name: string): string {
  return `bench_${name}_${randomBytes(4).toString('hex')}`;
}
