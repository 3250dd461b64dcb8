import { readFileSync } from 'node:fs';
import { createConnection, createPool, type ConnectionOptions, type Pool, type PoolConnection } from 'mysql2';
import type { ConnectionPool, Spoil } from './sessions.ts';
import type { MysqlConfig, TlsConfig } from './source-config.ts';

/** Connections at once. */
const connections = 4;
/** Longest wait for a connection, and for a lock, in seconds. */
const mostPatience = 10;

/**
 * The settings of a session, whatever those of the server and of the user are. `max_sort_length` is how many bytes of
 * a text the server looks at when it sorts: the rest would come in no order.
 */
const settings = (lockSeconds: number) => `
  SET NAMES utf8mb4, character_set_results = NULL, time_zone = '+00:00', sql_mode = 'NO_BACKSLASH_ESCAPES',
      lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}, max_sort_length = 65536`;

/** A connection, and which of the two products is at its other end. */
export interface MysqlConnection {
  readonly driver: PoolConnection;
  readonly isMariaDb: boolean;
}

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
    ...(ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }),
  };
}

/** The driver's pool. A connection that it has just made gets the settings of a session first. */
export class MysqlPool implements ConnectionPool<MysqlConnection> {
  readonly #pool: Pool;
  readonly #options: ConnectionOptions;
  readonly #known = new WeakMap<PoolConnection, MysqlConnection>();
  readonly #lockSeconds: number;

  constructor(options: ConnectionOptions, timeoutSeconds: number) {
    this.#options = options;
    this.#lockSeconds = Math.min(timeoutSeconds, mostPatience);
    this.#pool = createPool({ ...options, connectionLimit: connections, enableKeepAlive: true });
  }

  async connect(): Promise<MysqlConnection> {
    const driver = await new Promise<PoolConnection>((resolve, reject) => {
      this.#pool.getConnection((error, connection) => (error === null ? resolve(connection) : reject(error)));
    });
    const known = this.#known.get(driver);
    if (known !== undefined) return known;
    try {
      await rowsOf(driver, settings(this.#lockSeconds));
      await rowsOf(driver, 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      const [version] = await rowsOf(driver, 'SELECT VERSION()');
      const connection = { driver, isMariaDb: /MariaDB/i.test(String(version?.[0])) };
      this.#known.set(driver, connection);
      return connection;
    } catch (error) {
      driver.destroy();
      throw error;
    }
  }

  /** A statement goes on in the server after its client has gone, until it has something to send: it is ended. */
  release({ driver }: MysqlConnection, broken: boolean): void {
    if (!broken) return driver.release();
    const { threadId } = driver;
    driver.destroy();
    const killer = createConnection(this.#options);
    // Best effort: where there is no way to say so any more, the time limit of the statement ends it.
    killer.on('error', () => undefined);
    killer.query(`KILL ${threadId}`, () => killer.destroy());
  }

  end(): Promise<void> {
    return new Promise((resolve) => this.#pool.end(() => resolve()));
  }
}

/**
 * Hands over each row as it comes in, as long as `take` wants more; throws the error of the server, of the connection
 * or of `take`. The server cannot be told to stop: unless it has no more to send, the connection is ended with it.
 * @param stop ends the connection
 */
function readRows(
  driver: PoolConnection,
  sql: string,
  take: (row: readonly Field[]) => boolean,
  stop: () => void = () => driver.destroy(),
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isWanted = true;
    // The text protocol, nothing converted: each value is the server's own text.
    const query = driver.query({ sql, rowsAsArray: true, typeCast: false });
    query.on('error', reject);
    query.on('end', () => resolve());
    query.on('result', (row: unknown) => {
      if (!isWanted || !Array.isArray(row)) return;
      try {
        isWanted = take(row as Field[]);
        if (isWanted) return;
        stop();
        resolve();
      } catch (error) {
        // In the driver's own listener it would be an error of nobody.
        isWanted = false;
        stop();
        reject(error);
      }
    });
  });
}

async function rowsOf(driver: PoolConnection, sql: string): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  const text = (field: Field) => field?.toString('utf8') ?? null;
  await readRows(driver, sql, (row) => rows.push(row.map(text)) > 0);
  return rows;
}

/** A read-only transaction of one snapshot. */
export class MysqlTransaction {
  readonly #driver: PoolConnection;
  readonly #spoil: Spoil;

  private constructor(driver: PoolConnection, spoil: Spoil) {
    this.#driver = driver;
    this.#spoil = spoil;
  }

  /**
   * @param timeoutSeconds most for each of its statements. MySQL counts milliseconds, MariaDB seconds.
   */
  static async begin(
    { driver, isMariaDb }: MysqlConnection,
    spoil: Spoil,
    timeoutSeconds: number,
  ): Promise<MysqlTransaction> {
    const limit = isMariaDb
      ? `max_statement_time = ${timeoutSeconds}`
      : `max_execution_time = ${timeoutSeconds * 1000}`;
    await rowsOf(driver, `SET ${limit}`);
    await rowsOf(driver, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    return new MysqlTransaction(driver, spoil);
  }

  /** Hands over the rows of a SELECT as they come in. Once `take` wants no more, the connection is lost. */
  read(sql: string, take: (row: readonly Field[]) => boolean): Promise<void> {
    return readRows(this.#driver, sql, take, this.#spoil);
  }

  /** All rows of a statement that has few, as texts. */
  rows(sql: string): Promise<(string | null)[][]> {
    return rowsOf(this.#driver, sql);
  }
}
