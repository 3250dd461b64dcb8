import mssql from 'mssql';
import type { ConnectionPool } from '../sessions.ts';

/** A value as the driver gives it: the statements of this engine give text, bytes and small whole numbers. */
export type WireValue = string | Buffer | number | null;
export type WireRow = readonly WireValue[];

/** A connection of tedious, as far as it is used here. */
interface DriverConnection {
  close(): void;
}

/** What mssql documents in its code, and its type declarations leave out. */
interface DriverPool {
  readonly config: mssql.config;
  readonly connected: boolean;
  acquire(requester: object): Promise<DriverConnection>;
  release(connection: DriverConnection): void;
}

type RequestConstructor = new (parent: object, limits: { readonly requestTimeout: number }) => mssql.Request;
const Request = mssql.Request as unknown as RequestConstructor;

/** A connection that stays with its holder: one statement at a time. */
export class SqlServerConnection {
  readonly driver: DriverConnection;
  readonly #parent: object;
  /** The statement that is being answered. */
  #request: mssql.Request | null = null;

  constructor(pool: DriverPool, driver: DriverConnection) {
    this.driver = driver;
    // What a request asks of the one that it belongs to, as of a pool: here always the same connection.
    this.#parent = {
      config: pool.config,
      connected: true,
      acquire: (_request: object, callback: (error: null, driver: object, config: object) => void) =>
        setImmediate(callback, null, driver, pool.config),
      release: () => undefined,
    };
  }

  /**
   * Runs a batch of statements and hands over each row of theirs, also those that came behind one that failed. Throws
   * the first error of the server, or that of the connection.
   * @param milliseconds most for all of it; past them the server is told to stop
   */
  async run(
    batch: string,
    milliseconds: number,
    take: (row: WireRow) => void = () => undefined,
  ): Promise<void> {
    const request = new Request(this.#parent, { requestTimeout: milliseconds });
    request.stream = true;
    request.arrayRowMode = true;
    let failure: Error | null = null;
    request.on('error', (error: Error) => {
      failure ??= error;
    });
    let thrown: { readonly error: unknown } | null = null;
    request.on('row', (row: WireRow) => {
      if (thrown !== null) return;
      try {
        take(row);
      } catch (error) {
        // In the driver's own listener it would be an error of nobody. Nothing more is wanted of the connection.
        thrown = { error };
        this.end();
      }
    });
    this.#request = request;
    try {
      await request.batch(batch);
    } catch (error) {
      failure ??= error as Error;
    } finally {
      this.#request = null;
    }
    throwIf(thrown);
    if (failure !== null) throw failure;
  }

  /**
   * Ends the connection, whatever it is doing; what was asked on it fails. The statement is cancelled first: of a
   * connection that is only closed, the driver still takes the end of an answer that it has read already, and throws
   * where nobody can catch it.
   */
  end(): void {
    this.#request?.cancel();
    this.driver.close();
  }

  /** All rows of a batch that has few. */
  async rows(batch: string, milliseconds: number): Promise<WireRow[]> {
    const rows: WireRow[] = [];
    await this.run(batch, milliseconds, (row) => void rows.push(row));
    return rows;
  }
}

function throwIf(thrown: { readonly error: unknown } | null): void {
  if (thrown !== null) throw thrown.error;
}

/** The pool of the driver. It connects when it is first asked. */
export class SqlServerPool implements ConnectionPool<SqlServerConnection> {
  readonly #pool: mssql.ConnectionPool & DriverPool;
  #connecting: Promise<unknown> = Promise.resolve();

  constructor(config: mssql.config) {
    this.#pool = new mssql.ConnectionPool(config) as mssql.ConnectionPool & DriverPool;
    // A connection that breaks fails the statement on it; without a listener it would end the process as well.
    this.#pool.on('error', () => undefined);
  }

  async connect(): Promise<SqlServerConnection> {
    const connecting = this.#pool.connect();
    this.#connecting = connecting;
    await connecting;
    return new SqlServerConnection(this.#pool, await this.#pool.acquire({}));
  }

  /** A connection that is closed is thrown away by the pool. */
  release(connection: SqlServerConnection, broken: boolean): void {
    if (broken) connection.end();
    this.#pool.release(connection.driver);
  }

  /** Waits for a first connection that is being made: the driver refuses to end before. */
  async end(): Promise<void> {
    await this.#connecting.catch(() => undefined);
    await this.#pool.close();
  }
}
