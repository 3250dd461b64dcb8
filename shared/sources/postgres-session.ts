import { type ClientBase, Pool, type PoolClient } from 'pg';
import { withPassword } from './postgres-address.ts';

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

/** How long one piece of work may take. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** Instead of the ordinary limit of the sessions; the statements of a transaction have it, too. */
  readonly timeoutSeconds?: number | undefined;
}

/** Ends a connection after the transaction's work instead of using it again; nothing more may be asked of it. */
export type Spoil = () => void;

/**
 * Connections to a PostgreSQL server, each use of one with a deadline of its own, from the first wait for a connection to the
 * last byte: a server that has gone silent, a pooler that never answers, a lock that nobody gives up, all end there.
 * Errors are the driver's own; past the deadline, the `TimeoutError` of its signal.
 */
export class PostgresSessions {
  readonly #pool: Pool;
  readonly #timeoutSeconds: number;

  constructor(options: SessionOptions) {
    this.#timeoutSeconds = options.timeoutSeconds;
    const milliseconds = options.timeoutSeconds * 1000;
    const patience = Math.min(milliseconds, 10_000);
    this.#pool = new Pool({
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
    this.#pool.on('error', () => undefined);
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

  /**
   * Work on one connection, each statement a transaction of its own.
   * A connection on which anything failed, or that was spoilt, is ended and not used again.
   */
  async session<T>(
    work: (client: ClientBase, spoil: Spoil) => Promise<T>,
    { signal, timeoutSeconds = this.#timeoutSeconds }: Patience = {},
  ): Promise<T> {
    const deadline = AbortSignal.timeout((timeoutSeconds + 5) * 1000);
    const stop = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    const client = await this.#connect(stop);
    let held = true;
    const release = (broken: boolean) => {
      if (held) client.release(broken);
      held = false;
    };
    // Ending the connection is what interrupts a statement.
    const abort = () => release(true);
    stop.addEventListener('abort', abort);
    try {
      const result = await work(client, () => release(true));
      release(false);
      return result;
    } catch (error) {
      throw stop.aborted ? stop.reason : error;
    } finally {
      stop.removeEventListener('abort', abort);
      release(true);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #connect(stop: AbortSignal): Promise<PoolClient> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(stop.reason as Error);
      if (stop.aborted) return abort();
      stop.addEventListener('abort', abort, { once: true });
      this.#pool
        .connect()
        .then((client) => {
          // Too late for the one who asked: nothing was done on it, the next one may have it.
          if (stop.aborted) client.release();
          else resolve(client);
        }, reject)
        .finally(() => stop.removeEventListener('abort', abort));
    });
  }
}

/** Of this transaction alone: the connection goes back with its ordinary limits. */
function localTimeouts(seconds: number): string {
  return `SET LOCAL statement_timeout = ${seconds * 1000};
    SET LOCAL idle_in_transaction_session_timeout = ${seconds * 1000}`;
}
