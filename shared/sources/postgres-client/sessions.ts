import { type ClientBase, Pool, type PoolClient } from 'pg';
import { type Patience, Sessions, type Spoil } from '../sessions.ts';
import { withPassword } from './address.ts';

interface SessionOptions {
  readonly url: string;
  readonly password: string | null;
  /** Most connections at once. */
  readonly connections: number;
  /** Most seconds for one statement; a transaction has five more. Where work needs longer, it says so itself. */
  readonly timeoutSeconds: number;
  /** SET statements for each new connection. */
  readonly settings: string;
}

/** Connections to a PostgreSQL server, see `Sessions`. */
export class PostgresSessions {
  readonly #sessions: Sessions<PoolClient>;

  constructor(options: SessionOptions) {
    const milliseconds = options.timeoutSeconds * 1000;
    const patience = Math.min(milliseconds, 10_000);
    const pool = new Pool({
      connectionString: withPassword(options.url, options.password),
      max: options.connections,
      connectionTimeoutMillis: patience,
      keepAlive: true,
      onConnect: async (client: ClientBase) => {
        // A connection that breaks fails the query on it; without a listener it would end the process as well.
        client.on('error', () => undefined);
        const text = `${options.settings}; SET statement_timeout = ${milliseconds}; SET lock_timeout = ${patience};
          SET idle_in_transaction_session_timeout = ${milliseconds}`;
        // The pool no longer minds the time here: without one of its own, a silent server would hold the place for ever.
        const settings: { text: string; query_timeout: number } = { text, query_timeout: patience };
        await client.query(settings);
      },
    });
    pool.on('error', () => undefined);
    this.#sessions = new Sessions(
      {
        connect: () => pool.connect(),
        release: (client, broken) => client.release(broken),
        end: () => pool.end(),
      },
      options.timeoutSeconds,
    );
  }

  transaction<T>(
    begin: string,
    work: (client: ClientBase, spoil: Spoil) => Promise<T>,
    { signal, timeoutSeconds }: Patience = {},
  ): Promise<T> {
    return this.session(
      async (client, spoil) => {
        let spoilt = false;
        await client.query(
          timeoutSeconds === undefined ? begin : `${begin}; ${localTimeouts(timeoutSeconds)}`,
        );
        const result = await work(client, () => {
          spoilt = true;
          spoil();
        });
        if (!spoilt) await client.query('COMMIT');
        return result;
      },
      { signal, timeoutSeconds },
    );
  }

  /** Work on one connection, each statement a transaction of its own. */
  session<T>(work: (client: ClientBase, spoil: Spoil) => Promise<T>, patience: Patience = {}): Promise<T> {
    return this.#sessions.session(work, patience);
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }
}

/** Of this transaction alone: the connection goes back with its ordinary limits. */
function localTimeouts(seconds: number): string {
  return `SET LOCAL statement_timeout = ${seconds * 1000};
    SET LOCAL idle_in_transaction_session_timeout = ${seconds * 1000}`;
}
