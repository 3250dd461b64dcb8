import { pipeline } from 'node:stream/promises';
import { Pool, type PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withPassword } from '../../shared/postgres-address.ts';
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
  readonly #pool: Pool;
  readonly #timeoutSeconds: number;

  constructor(options: PostgresBaseOptions) {
    this.#timeoutSeconds = options.timeoutSeconds;
    const milliseconds = options.timeoutSeconds * 1000;
    this.#pool = new Pool({
      connectionString: withPassword(options.url, options.password),
      max: options.connections,
      connectionTimeoutMillis: Math.min(milliseconds, 10_000),
      keepAlive: true,
      onConnect: async (client) => {
        // A connection that breaks fails the query on it; without a listener it would end the process as well.
        client.on('error', () => undefined);
        await client.query(`SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET client_min_messages = warning;
          SET application_name = 'guarita-central'; SET statement_timeout = ${milliseconds};
          SET idle_in_transaction_session_timeout = ${milliseconds}`);
      },
    });
    this.#pool.on('error', () => undefined);
  }

  /** A connection on which anything failed, or that went silent, is ended and not used again. */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const deadline = AbortSignal.timeout((this.#timeoutSeconds + 5) * 1000);
    try {
      const client = await this.#pool.connect();
      let held = true;
      const release = (broken: boolean) => {
        if (held) client.release(broken);
        held = false;
      };
      const abort = () => release(true);
      deadline.addEventListener('abort', abort);
      try {
        await client.query('BEGIN');
        const result = await work(transactionOn(client));
        await client.query('COMMIT');
        release(false);
        return result;
      } finally {
        deadline.removeEventListener('abort', abort);
        release(true);
      }
    } catch (error) {
      throw baseError(error);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

function transactionOn(client: PoolClient): Transaction {
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
