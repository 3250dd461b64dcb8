import type { Socket } from 'node:net';
import Firebird from 'node-firebird';
import { mendSrpChallenges } from './srp.ts';

/** Where and as whom to attach. */
export interface AttachmentOptions {
  readonly host: string;
  readonly port: number;
  /** Alias or path, as the server sees it. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly role: string | undefined;
  /** How long the server may take to let the user in. */
  readonly timeoutMillis: number;
}

/**
 * A value as the driver gives it. Of a connection without a character set, text is its bytes, one a character, and
 * OCTETS a Buffer. A BLOB is what `blob` reads.
 */
export type Cell = null | string | number | Buffer | BlobReference;
type BlobReference = (
  transaction: Firebird.Transaction,
  take: (error: Error | null, column: unknown, segments: NodeJS.EventEmitter) => void,
) => void;

/**
 * Bytes of a BLOB that are asked for at once. The driver's effort for a piece grows with the square of the segments in
 * it, and a BLOB may have been written in segments of a few bytes.
 */
const blobReadChunkSize = 16_384;

/** What is used of the driver's own connection, which its public types do not have. */
interface WireConnection {
  readonly _socket: Socket;
  /** What the login has agreed on; `sessionKey` is empty where nothing is encrypted. */
  readonly accept: { readonly sessionKey: unknown; readonly keys?: string };
  prepare(
    transaction: Firebird.Transaction,
    sql: string,
    withPlan: boolean,
    done: (error: Error | null | undefined, statement: PlannedStatement) => void,
  ): void;
}

type PlannedStatement = Firebird.Statement & { readonly plan?: string };

interface Batch {
  readonly data: readonly Cell[][];
  /** No more rows. */
  readonly fetched: boolean;
}

/**
 * A connection to one database, by `node-firebird`. The only file that knows the driver, and beyond its documented
 * interface where it has no other way (docs/decisions/0015-firebird-client.md): to end a connection at once, to ask for
 * a plan, and to log in users whose salt is short.
 */
export class FirebirdAttachment {
  readonly #database: Firebird.Database;
  readonly #connection: WireConnection;

  private constructor(database: Firebird.Database, connection: WireConnection) {
    this.#database = database;
    this.#connection = connection;
  }

  /** Throws the driver's errors, and a `TimeoutError` when the server does not answer in time. */
  static async open({ timeoutMillis, role, ...options }: AttachmentOptions): Promise<FirebirdAttachment> {
    const attached = Promise.withResolvers<Firebird.Database>();
    // `isPool`, which the driver's own pool sets: what was asked on a connection that is lost fails at once, and the
    // driver does not connect again behind our back.
    const driverOptions: Firebird.Options & { isPool: true } = {
      ...options,
      ...(role === undefined ? {} : { role }),
      // Without a character set of its own the connection is given the bytes as they are stored.
      encoding: 'NONE',
      blobReadChunkSize,
      isPool: true,
    };
    Firebird.attach(driverOptions, (error: Error | null | undefined, database) => {
      if (error) attached.reject(error);
      else attached.resolve(database);
    });
    // The one that was just made: the driver keeps the latest there.
    const connection = Firebird.connection as unknown as WireConnection;
    mendSrpChallenges(socketOf(connection));
    const timer = setTimeout(
      () => attached.reject(new DOMException('The server does not let the user in.', 'TimeoutError')),
      timeoutMillis,
    );
    try {
      return new FirebirdAttachment(await attached.promise, connection);
    } catch (error) {
      // The driver leaves the socket of a login that failed open.
      socketOf(connection).destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  get isOpen(): boolean {
    const { destroyed, writable } = socketOf(this.#connection);
    return !destroyed && writable;
  }

  /** What encrypts the connection; null when nothing does. Its key comes from a login by SRP, which not all have. */
  get encryption(): string | null {
    const { sessionKey, keys = '' } = this.#connection.accept;
    if (!sessionKey) return null;
    return /chacha(64)?/i.exec(keys)?.[0] ?? 'Arc4';
  }

  /**
   * A read-only transaction of one snapshot. It waits for no lock (NO WAIT), and nobody waits for it: writers make
   * new versions of the rows that it reads.
   */
  async begin(): Promise<FirebirdTransaction> {
    const options = { isolation: Firebird.ISOLATION_REPEATABLE_READ, readOnly: true, wait: false };
    return new FirebirdTransaction(this.#connection, await this.#database.transactionAsync(options));
  }

  /** One statement that changes something, committed: only a DBA's own session is asked for that (`dba.ts`). */
  async execute(statement: string): Promise<void> {
    // Its own `queryAsync` leaves the transaction open when the commit fails.
    await this.#database.withTransaction(async (transaction) => {
      await transaction.queryAsync(statement);
    });
  }

  /** Ends the connection in peace: whatever was asked on it has been answered. */
  end(): void {
    // The server detaches what has hung up.
    socketOf(this.#connection).end();
  }

  /**
   * Ends the connection at once, whatever it is doing; what was asked on it fails. The server notices when it next
   * has something to send. It is not told to stop (`op_cancel`): that made a server of version 3.0.11 crash or hang.
   */
  destroy(): void {
    socketOf(this.#connection).destroy();
  }
}

/** SQL text may have identifiers in UTF-8; its values are in ASCII. */
export class FirebirdTransaction {
  readonly #connection: WireConnection;
  readonly #transaction: Firebird.Transaction;

  constructor(connection: WireConnection, transaction: Firebird.Transaction) {
    this.#connection = connection;
    this.#transaction = transaction;
  }

  /** Rows of a SELECT, so many at once, as long as `take` wants more: no more than that is read ahead. */
  async read(
    sql: string,
    rowsAtOnce: number,
    take: (rows: readonly Cell[][]) => boolean | Promise<boolean>,
  ): Promise<void> {
    const statement = await this.#transaction.newStatementAsync(asBytes(sql));
    try {
      await statement.executeAsync(this.#transaction);
      for (;;) {
        const batch = (await statement.fetchAsync(this.#transaction, rowsAtOnce)) as Batch;
        if (!(await take(batch.data)) || batch.fetched) return;
      }
    } finally {
      statement.drop();
    }
  }

  /** All rows of a SELECT that has few. */
  async rows(sql: string): Promise<Cell[][]> {
    const rows: Cell[][] = [];
    await this.read(sql, 100, (some) => rows.push(...some) >= 0);
    return rows;
  }

  /** The plan in the words of the server. Throws its error when it refuses the statement. */
  async plan(sql: string): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<PlannedStatement>();
    this.#connection.prepare(this.#transaction, asBytes(sql), true, (error, statement) => {
      if (error) reject(error);
      else resolve(statement);
    });
    const statement = await promise;
    statement.drop();
    return (statement.plan ?? '').trim();
  }

  /** All bytes of a BLOB; whoever asks knows that there are not too many. */
  blob(reference: BlobReference): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      reference(this.#transaction, (error, _column, segments) => {
        if (error) return reject(error);
        const pieces: Buffer[] = [];
        segments.on('data', (piece: Buffer) => pieces.push(piece));
        segments.on('end', () => resolve(Buffer.concat(pieces)));
        segments.on('error', reject);
      });
    });
  }

  commit(): Promise<void> {
    return this.#transaction.commitAsync();
  }
}

/** The driver has no other way to end a connection whose server does not answer. */
function socketOf(connection: WireConnection): Socket {
  // oxlint-disable-next-line no-underscore-dangle -- the driver's name
  return connection._socket;
}

/** The driver sends a character as a byte, and that is how identifiers are stored: in UTF-8. */
function asBytes(sql: string): string {
  return Buffer.from(sql, 'utf8').toString('latin1');
}
