/** A person's own login, asked for at the terminal and kept nowhere. */
export interface DbaLogin {
  readonly user: string;
  readonly password: string;
}

/** A session of a DBA with the state database: for the statements that revoke the agent's user, and nothing else. */
export interface DbaSession {
  /** Runs one statement, committed when it returns. */
  run(statement: string): Promise<void>;
  /** From where a user may connect: MySQL knows a user of each host; none on other engines. */
  hosts(user: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
