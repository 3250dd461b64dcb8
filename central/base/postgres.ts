import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PostgresSessions } from '../../shared/sources/postgres-client/sessions.ts';
import { attempt } from './attempt.ts';
import {
  type Base,
  plansByIndex,
  type Questions,
  type Transaction,
  type TransactionOptions,
  type Use,
} from './base.ts';
import { cursorRows, cursorSettings } from './cursor.ts';
import { baseError } from './errors.ts';
import { limitsOf } from './uses.ts';

export interface PostgresBaseOptions {
  readonly url: string;
  readonly password: string | null;
  /** Most connections for loading at once: one a source. The other uses have their own, see `uses.ts`. */
  readonly connections: number;
  /** Of loading. */
  readonly timeoutSeconds: number;
}

/**
 * A server learns of a connection that was ended when it writes to it, which a statement may do after an hour: now it
 * looks each second. Where it cannot look (Windows) it refuses the setting, so only where it surely can.
 */
const noticeEnds = `SELECT set_config('client_connection_check_interval', '1s', true) WHERE version() ~ 'linux'`;

/** The national base on a PostgreSQL server, 15 or newer. */
export class PostgresBase implements Base {
  /** A step costs a commit and what is lost when it is stopped; nobody waits for it. */
  readonly stepMilliseconds = 1000;
  readonly atOnce = 2;
  readonly #sessions: Readonly<Record<Use, PostgresSessions>>;

  constructor(options: PostgresBaseOptions) {
    const limits = limitsOf(options);
    const sessions = (use: Use, name: string, own: Readonly<Record<string, string>> = {}) =>
      new PostgresSessions({
        ...options,
        ...limits[use],
        settings: {
          ...{
            client_encoding: `'UTF8'`,
            TimeZone: `'UTC'`,
            DateStyle: `'ISO, YMD'`,
            application_name: `'${name}'`,
          },
          ...{
            extra_float_digits: '1',
            client_min_messages: 'warning',
            search_path: 'DEFAULT',
            role: 'DEFAULT',
          },
          ...cursorSettings,
          ...own,
        },
      });
    this.#sessions = {
      loading: sessions('loading', 'guarita-central'),
      // What it writes can be made again, and what it notes of how far it came is lost with it: it need not wait for the disk.
      treating: sessions('treating', 'guarita-central treating', { synchronous_commit: 'off' }),
      // Who looks asks for little, and many ask at once: to start workers, or to compile a plan, takes longer than it saves.
      pages: sessions('pages', 'guarita-central pages', { max_parallel_workers_per_gather: '0', jit: 'off' }),
    };
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run('BEGIN', work, options);
  }

  snapshot<T>(work: (questions: Questions) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY', work, options);
  }

  async #run<T>(begin: string, work: (tx: Transaction) => Promise<T>, options: TransactionOptions) {
    const { use = 'loading', signal, byIndex = false } = options;
    try {
      return await this.#sessions[use].transaction(
        [begin, ...(byIndex ? [plansByIndex] : []), noticeEnds].join('; '),
        (client) => work(transactionOn(client)),
        options,
      );
    } catch (error) {
      throw signal?.aborted === true && error === signal.reason ? error : baseError(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#sessions).map((sessions) => sessions.close()));
  }
}

function transactionOn(client: ClientBase): Transaction {
  const query = async <R extends object>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> =>
    (await client.query<R>(sql, [...parameters])).rows;
  return {
    query,
    rows: (sql, parameters, { atOnce }) => cursorRows(query, sql, parameters, atOnce),
    async execute(sql) {
      await client.query(sql);
    },
    attempt: (part) => attempt((sql) => client.query(sql), part),
    async copyIn(table, lines) {
      const copy = client.query(copyFrom(`COPY ${table} FROM STDIN`));
      await pipeline([lines], copy);
      return copy.rowCount;
    },
  };
}
