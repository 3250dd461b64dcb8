import { type ConnectionOptions, createConnection, createPool, type Pool, type PoolConnection } from 'mysql2';
import { Fault } from '../../fault.ts';
import { readTextFile } from '../../text-file.ts';
import type { ConnectionPool, Spoil } from '../sessions.ts';
import type { MysqlConfig, TlsConfig } from '../source-config.ts';
import { beginTransaction } from './begin.ts';

/** Connections at once. */
const connections = 4;
/** Longest wait for a connection, and for a lock, in seconds. */
const mostPatience = 10;

/** A value as the server gives it in its text protocol: the bytes of its text. */
export type Field = Buffer | null;

export function connectionOptions(
  { host, port, database, user, tls, timeoutSeconds }: MysqlConfig,
  password: string | null,
): ConnectionOptions {
  const ssl = tlsOptions(tls);
  return {
    ...{ host, port, database, user, password: password ?? '' },
    ...(ssl === undefined ? {} : { ssl }),
    connectTimeout: Math.min(timeoutSeconds, mostPatience) * 1000,
    // A server that is not what it seems to be must not be able to ask for a file of this machine.
    flags: ['-LOCAL_FILES'],
  };
}

function tlsOptions({
  mode,
  ca,
}: TlsConfig): NonNullable<Exclude<ConnectionOptions['ssl'], string>> | undefined {
  if (mode === 'off') return undefined;
  const isVerified = mode === 'verify';
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: isVerified,
    verifyIdentity: isVerified,
    ...(ca === undefined ? {} : { ca: readTextFile(ca) }),
  };
}

/** A connection that stays with its holder: one statement at a time. */
export class MysqlConnection {
  readonly driver: PoolConnection;
  /** Fails the statement that is being answered. */
  #fail: (error: Error) => void = () => undefined;

  constructor(driver: PoolConnection) {
    this.driver = driver;
    // A streaming statement is not told by the driver that its connection was lost: that is said of the connection.
    driver.on('error', (error: Error) => this.#fail(error));
    driver.on('end', () => this.#fail(ended('The connection has ended.')));
  }

  /**
   * Hands over each row as it comes in, as long as `take` wants more; throws the error of the server, of the
   * connection or of `take`. The server cannot be told to stop: once no more is wanted, the connection is ended.
   * @param stop ends it
   */
  read(sql: string, take: (row: readonly Field[]) => boolean, stop: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      let isWanted = true;
      // The text protocol, nothing converted: each value is the server's own text.
      const query = this.driver.query({ sql, rowsAsArray: true, typeCast: false });
      query.on('error', reject);
      query.on('end', () => resolve());
      query.on('result', (row: unknown) => {
        if (!isWanted || !Array.isArray(row)) return;
        try {
          isWanted = take(row as Field[]);
          if (isWanted) return;
          resolve();
        } catch (error) {
          // In the driver's own listener it would be an error of nobody.
          isWanted = false;
          reject(error);
        }
        stop();
      });
    });
  }

  /** All rows of a statement that has few, as texts. */
  async rows(sql: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    const text = (field: Field) => field?.toString('utf8') ?? null;
    await this.read(
      sql,
      (row) => rows.push(row.map(text)) > 0,
      () => this.end(),
    );
    return rows;
  }

  /** Ends the connection at once, whatever it is doing; what was asked on it fails. */
  end(): void {
    this.driver.destroy();
    this.#fail(ended('The connection was ended.'));
  }
}

function ended(message: string): Fault {
  return new Fault({ name: 'ConnectionEnded', message });
}

/** The driver's pool. */
export class MysqlPool implements ConnectionPool<MysqlConnection> {
  readonly #pool: Pool;
  readonly #options: ConnectionOptions;
  readonly #known = new WeakMap<PoolConnection, MysqlConnection>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#pool = createPool({ ...options, connectionLimit: connections, enableKeepAlive: true });
  }

  async connect(): Promise<MysqlConnection> {
    const driver = await new Promise<PoolConnection>((resolve, reject) => {
      this.#pool.getConnection((error, connection) => (error === null ? resolve(connection) : reject(error)));
    });
    const connection = this.#known.get(driver) ?? new MysqlConnection(driver);
    this.#known.set(driver, connection);
    return connection;
  }

  /** A statement goes on in the server after its client has gone, until it has something to send: it is ended. */
  release(connection: MysqlConnection, broken: boolean): void {
    const { driver } = connection;
    if (!broken) return driver.release();
    const { threadId } = driver;
    connection.end();
    const killer = createConnection(this.#options);
    // Best effort: where there is no way to say so any more, the time limit of the statement ends it.
    killer.on('error', () => undefined);
    killer.query(`KILL ${threadId}`, () => killer.destroy());
  }

  end(): Promise<void> {
    return new Promise((resolve) => this.#pool.end(() => resolve()));
  }
}

/** A read-only transaction of one snapshot. */
export class MysqlTransaction {
  readonly #connection: MysqlConnection;
  readonly #spoil: Spoil;

  private constructor(connection: MysqlConnection, spoil: Spoil) {
    this.#connection = connection;
    this.#spoil = spoil;
  }

  /** @param timeoutSeconds most for each of its statements */
  static async begin(
    connection: MysqlConnection,
    spoil: Spoil,
    timeoutSeconds: number,
  ): Promise<MysqlTransaction> {
    const lockSeconds = Math.min(timeoutSeconds, mostPatience);
    // A server that lets in and then says no more would hold the place in the pool for as long as the work may take.
    const timer = setTimeout(() => connection.end(), lockSeconds * 1000);
    try {
      await beginTransaction((sql) => connection.rows(sql), { timeoutSeconds, lockSeconds });
    } finally {
      clearTimeout(timer);
    }
    return new MysqlTransaction(connection, spoil);
  }

  /** Hands over the rows of a SELECT as they come in. Once `take` wants no more, the connection is lost. */
  read(sql: string, take: (row: readonly Field[]) => boolean): Promise<void> {
    return this.#connection.read(sql, take, this.#spoil);
  }

  /** All rows of a statement that has few, as texts. */
  rows(sql: string): Promise<(string | null)[][]> {
    return this.#connection.rows(sql);
  }
}
