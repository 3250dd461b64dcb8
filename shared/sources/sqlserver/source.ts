import type { GuaritaError } from '../../errors.ts';
import { readTextFile } from '../../text-file.ts';
import type { DatabaseAddress, EngineOptions, SessionFacts } from '../engine.ts';
import { type Patience, Sessions, type Spoil } from '../sessions.ts';
import type { SqlServerConfig } from '../source-config.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import { SqlSource } from '../sql/source.ts';
import { addressOf, driverConfig, mostPatience } from './config.ts';
import { type SqlServerConnection, SqlServerPool } from './connections.ts';
import { numberOf, sqlServerError } from './errors.ts';
import { readMoment } from './moment.ts';
import { SqlServerSnapshot } from './snapshot.ts';
import { connectAnyhow, connectEncrypted } from './socket.ts';
import type { SqlServerColumn } from './types.ts';

/** How the rest of the program enters this folder, for a DBA's own session as well. */
export { sqlServerDba } from './dba.ts';

const sessionStatement = `
  SELECT N'SQL Server ' + CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion'))
           + N' ' + CONVERT(nvarchar(128), SERVERPROPERTY('Edition')),
         CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')),
         N'UTC' + RIGHT(CONVERT(nvarchar(34), SYSDATETIMEOFFSET(), 121), 6)`;

/** A view reads from another database, and that one allows no snapshots. */
const noSnapshotElsewhere = 3952;

/**
 * SQL Server 2012 or newer, or what speaks its protocol. Every value is rendered by the server; no type of the driver
 * ever stands between it and its text.
 */
export class SqlServerSource extends SqlSource<SqlServerConfig, SqlServerColumn> {
  readonly #sessions: Sessions<SqlServerConnection>;
  /** False once a view was met that cannot be read from a snapshot. */
  #mayBeSnapshot = true;

  /** Throws the error of the file system when the file of a certificate cannot be read. */
  constructor(options: EngineOptions<SqlServerConfig>) {
    super(options);
    const { tls, timeoutSeconds } = options.source;
    const connector = tls.mode === 'off' ? connectAnyhow : connectEncrypted;
    const ca = tls.ca === undefined ? null : readTextFile(tls.ca);
    const pool = new SqlServerPool(driverConfig(options.source, options.password, { connector, ca }));
    this.#sessions = new Sessions(pool, timeoutSeconds);
  }

  get address(): DatabaseAddress | null {
    return addressOf(this.options.source);
  }

  async session(): Promise<SessionFacts> {
    try {
      return await this.#sessions.session(async (connection) => {
        const limits = this.#limits({});
        const { clock } = await readMoment(connection, limits);
        const [row = []] = await connection.rows(sessionStatement, limits.milliseconds);
        const [product, characterSet, timeZone] = row.map(String);
        const { mode } = this.options.source.tls;
        return {
          product: product ?? '',
          // The driver would not have gone on without it, see `connectEncrypted`.
          encryption: mode === 'off' ? null : `TLS, ${mode}`,
          timeZone: timeZone ?? '',
          characterSet: characterSet ?? '',
          clock: `${clock.replace(' ', 'T')}Z`,
        };
      });
    } catch (error) {
      throw sqlServerError(error);
    }
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  /** Once more, without a snapshot, when a view turns out to read where none is allowed. */
  protected async transaction<T>(
    work: (snapshot: SqlSnapshot<SqlServerColumn>) => Promise<T>,
    patience: Patience,
  ): Promise<T> {
    const attempt = () =>
      this.#sessions.session(
        (connection, spoil) => this.#within(connection, spoil, work, patience),
        patience,
      );
    try {
      return await attempt();
    } catch (error) {
      if (!this.#mayBeSnapshot || numberOf(error) !== noSnapshotElsewhere) throw error;
      this.#mayBeSnapshot = false;
      return await attempt();
    }
  }

  protected errorOf(error: unknown): GuaritaError {
    return sqlServerError(error);
  }

  async #within<T>(
    connection: SqlServerConnection,
    spoil: Spoil,
    work: (snapshot: SqlSnapshot<SqlServerColumn>) => Promise<T>,
    patience: Patience,
  ): Promise<T> {
    const limits = this.#limits(patience);
    const moment = await readMoment(connection, limits);
    const isSnapshot = moment.allowsSnapshot && this.#mayBeSnapshot;
    const run = (batch: string) => connection.run(batch, limits.milliseconds);
    if (isSnapshot) await run('SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION');
    let spoilt = false;
    const result = await work(
      new SqlServerSnapshot({
        ...{ connection, moment, config: this.options.source, milliseconds: limits.milliseconds },
        spoil: () => {
          spoilt = true;
          spoil();
        },
      }),
    );
    if (isSnapshot && !spoilt) await run('COMMIT TRANSACTION');
    return result;
  }

  #limits({ timeoutSeconds = this.options.source.timeoutSeconds }: Patience): {
    milliseconds: number;
    lockMilliseconds: number;
  } {
    const milliseconds = timeoutSeconds * 1000;
    return { milliseconds, lockMilliseconds: Math.min(milliseconds, mostPatience) };
  }
}
