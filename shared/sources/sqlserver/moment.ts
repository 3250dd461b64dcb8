import { GuaritaError } from '../../errors.ts';
import type { SqlServerConnection } from './connections.ts';
import type { SqlServerAbilities } from './types.ts';

/** What is read before a transaction begins, so that everything up to it was committed when its snapshot was taken. */
export interface SqlServerMoment extends SqlServerAbilities {
  /** The server's clock, in UTC: `2026-11-25 20:00:00.1234567`. */
  readonly clock: string;
  /** The least `rowversion` that a transaction still open may bring, as a whole number. */
  readonly leastActiveRowversion: bigint;
  /** Whether the database lets a transaction read from a snapshot. */
  readonly allowsSnapshot: boolean;
  /** False for Azure SQL Database, which lacks the views of a server. */
  readonly hasServer: boolean;
}

/** Values of `EngineEdition`. */
const azureDatabase = 5;
const azureManaged = 8;
/** SQL Server 2016. */
const losslessSince = 13;

/** The database that a user is connected to is always visible to it in `sys.databases`. */
const statement = `
  SELECT CONVERT(nvarchar(27), SYSUTCDATETIME(), 121),
         CONVERT(nvarchar(20), CONVERT(bigint, MIN_ACTIVE_ROWVERSION())),
         CONVERT(int, d.snapshot_isolation_state),
         CONVERT(int, SERVERPROPERTY('EngineEdition')),
         CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')),
         CONVERT(nvarchar(23), CONVERT(datetime, '2026-02-01'), 121),
         CASE WHEN NULL = NULL OR N'x' + NULL IS NOT NULL THEN 1 ELSE 0 END
    FROM sys.databases AS d WHERE d.database_id = DB_ID()`;

/**
 * Of a session: it never waits for a lock longer than this, it is the one to give way where a deadlock has to be
 * broken, and an error ends its transaction. Reading uncommitted rows is out of the question. What texts of values depend
 * on is as the driver sets it at the login, whoever has had the session since.
 */
const settings = (lockMilliseconds: number) => `
  SET NOCOUNT ON; SET XACT_ABORT ON; SET DEADLOCK_PRIORITY LOW; SET LOCK_TIMEOUT ${lockMilliseconds};
  SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET ROWCOUNT 0; SET TEXTSIZE 2147483647;
  SET LANGUAGE us_english; SET DATEFORMAT ymd; SET ANSI_NULLS ON; SET CONCAT_NULL_YIELDS_NULL ON;`;

/** What the statement gives of a date and of nulls under these settings. */
const effects = ['2026-02-01 00:00:00.000', 0] as const;

/** Sets up a session anew and reads the moment; outside of any transaction. Throws `source-unsettled`. */
export async function readMoment(
  connection: SqlServerConnection,
  { milliseconds, lockMilliseconds }: { readonly milliseconds: number; readonly lockMilliseconds: number },
): Promise<SqlServerMoment> {
  const [row = []] = await connection.rows(`${settings(lockMilliseconds)}${statement}`, milliseconds);
  const [clock, rowversion, snapshotState, edition, version, date, nulls] = row;
  if (date !== effects[0] || nulls !== effects[1]) {
    throw new GuaritaError(
      'source-unsettled',
      'Não está como foi posto: DATEFORMAT, ou ANSI_NULLS e CONCAT_NULL_YIELDS_NULL.',
    );
  }
  const isAzure = edition === azureDatabase || edition === azureManaged;
  return {
    clock: String(clock),
    leastActiveRowversion: BigInt(String(rowversion)),
    allowsSnapshot: snapshotState === 1,
    hasServer: edition !== azureDatabase,
    hasLosslessFloats: isAzure || Number.parseInt(String(version), 10) >= losslessSince,
  };
}

/**
 * What tells the history of a database apart: when it was created or restored under its name, and, where the user may
 * see it (as every login may by default), the GUID that a restored copy gets anew and that of the recovery fork, which
 * a restore and a failover begin anew.
 */
export function epochStatement({ hasServer }: Pick<SqlServerMoment, 'hasServer'>): string {
  const created = 'CONVERT(nvarchar(23), d.create_date, 121)';
  if (!hasServer) return `SELECT ${created} FROM sys.databases AS d WHERE d.database_id = DB_ID()`;
  return `
    SELECT ${created}, CONVERT(nvarchar(36), r.database_guid), CONVERT(nvarchar(36), r.recovery_fork_guid)
      FROM sys.databases AS d LEFT JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id
     WHERE d.database_id = DB_ID()`;
}
