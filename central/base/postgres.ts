import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PostgresSessions } from '../../shared/sources/postgres-client/sessions.ts';
import type { Base, Transaction } from './base.ts';
import { baseError } from './errors.ts';

export interface PostgresBaseOptions {
  readonly url: string;
  readonly password: string | null;
  /** Most connections at once: one a source that is loading. */
  readonly connections: number;
  readonly timeoutSeconds: number;
}

/** The national base on a PostgreSQL server, 15 or newer. */
export class PostgresBase implements Base {
  readonly #sessions: PostgresSessions;

  constructor(options: PostgresBaseOptions) {
    this.#sessions = new PostgresSessions({
      ...options,
      settings: `SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET client_min_messages = warning;
        SET application_name = 'guarita-central'`,
    });
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.#sessions.transaction('BEGIN', (client) => work(transactionOn(client)));
    } catch (error) {
      throw baseError(error);
    }
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }
}

function transactionOn(client: ClientBase): Transaction {
  return {
    async query<R extends object>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
      return (await client.query<R>(sql, [...parameters])).rows;
    },
    async execute(sql) {
      await client.query(sql);
    },
    async copyIn(table, lines) {
      const copy = client.query(copyFrom(`COPY ${table} FROM STDIN`));
      await pipeline([lines], copy);
      return copy.rowCount;
    },
  };
}
