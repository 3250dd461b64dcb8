/** A state's database on a real engine, for the scripts of `guarita-agent sql`. */
export interface ScriptDatabase {
  /** Options of `guarita-agent sql` beside `--engine` and `--part`. */
  readonly options: readonly string[];
  /** The `source` of the agent's configuration; the password is in the environment variable `SENHA`. */
  readonly source: Readonly<Record<string, unknown>>;
  /** What a type of a CAST is called in CREATE TABLE, where it is another name. */
  columnType?(type: string): string;
  /** The name of a table of the state, which the scripts call `siap.NAME`. */
  table(name: string): string;
  /** Runs a script as the DBA, with what the DBA runs scripts with; rejects as soon as a statement fails. */
  run(script: string): Promise<void>;
  /** All rows of a query, as the DBA. */
  query(sql: string): Promise<unknown[][]>;
  /** The script with the password filled in, or given in the way that the script asks for. */
  fillIn(script: string, password: string): string;
  /** The filled-in script as it can be run once more; the same where that is left out. */
  again?(script: string): string;
  /** Opens a session as the agent's user; null where the engine knows no users. */
  readonly login: ((password: string) => Promise<UserSession>) | null;
  /** Who runs the scripts; null where the engine knows no users. */
  readonly dba: { readonly user: string; readonly password: string } | null;
  /** What the agent's user must not be able to do, by name. */
  readonly forbidden: Readonly<Record<string, string>>;
  /** The error with which the engine refuses that, and no other. */
  readonly refusal: RegExp | { readonly code: string };
}

export interface UserSession {
  /** Runs one statement; rejects when it is refused. */
  run(sql: string): Promise<unknown>;
  close(): Promise<unknown>;
}
