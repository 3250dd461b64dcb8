/** How long one piece of work may take. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** Instead of the ordinary limit of the sessions; the statements of a transaction have it, too. */
  readonly timeoutSeconds?: number | undefined;
}

/** Ends a connection after the transaction's work instead of using it again; nothing more may be asked of it. */
export type Spoil = () => void;

/** Connections to a server, as the pool of a driver has them. */
export interface ConnectionPool<C> {
  connect(): Promise<C>;
  /** @param broken end it at once, whatever it is doing, instead of keeping it */
  release(connection: C, broken: boolean): void;
  end(): Promise<void>;
}

/**
 * Connections to a database server, each use of one with a deadline of its own, from the first wait for a connection to the
 * last byte: a server that has gone silent, a pooler that never answers, a lock that nobody gives up, all end there.
 * Errors are the driver's own; past the deadline, the `TimeoutError` of its signal.
 */
export class Sessions<C> {
  readonly #pool: ConnectionPool<C>;
  readonly #timeoutSeconds: number;

  /** @param timeoutSeconds most seconds for one statement; a use of a connection has five more */
  constructor(pool: ConnectionPool<C>, timeoutSeconds: number) {
    this.#pool = pool;
    this.#timeoutSeconds = timeoutSeconds;
  }

  /** Work on one connection. One on which anything failed, or that was spoilt, is ended and not used again. */
  async session<T>(
    work: (connection: C, spoil: Spoil) => Promise<T>,
    { signal, timeoutSeconds = this.#timeoutSeconds }: Patience = {},
  ): Promise<T> {
    const deadline = AbortSignal.timeout((timeoutSeconds + 5) * 1000);
    const stop = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    const connection = await this.#connect(stop);
    let held = true;
    const release = (broken: boolean) => {
      if (held) this.#pool.release(connection, broken);
      held = false;
    };
    // Ending the connection is what interrupts a statement.
    const abort = () => release(true);
    stop.addEventListener('abort', abort);
    try {
      const result = await work(connection, () => release(true));
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

  #connect(stop: AbortSignal): Promise<C> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(stop.reason as Error);
      if (stop.aborted) return abort();
      stop.addEventListener('abort', abort, { once: true });
      this.#pool
        .connect()
        .then((connection) => {
          // Too late for the one who asked: nothing was done on it, the next one may have it.
          if (stop.aborted) this.#pool.release(connection, false);
          else resolve(connection);
        }, reject)
        .finally(() => stop.removeEventListener('abort', abort));
    });
  }
}
