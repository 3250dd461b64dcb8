import mssql from 'mssql';
import { readTextFile } from '../../text-file.ts';
import type { DbaLogin, DbaSession } from '../dba-session.ts';
import type { SqlServerConfig } from '../source-config.ts';
import { driverConfig } from './config.ts';
import { sqlServerError } from './errors.ts';
import { connectAnyhow, connectEncrypted } from './socket.ts';

export async function sqlServerDba(
  source: SqlServerConfig,
  { user, password }: DbaLogin,
): Promise<DbaSession> {
  const { tls, domain: _, ...own } = source;
  const connector = tls.mode === 'off' ? connectAnyhow : connectEncrypted;
  const ca = tls.ca === undefined ? null : readTextFile(tls.ca);
  const failed = (error: unknown) => {
    throw sqlServerError(error);
  };
  const pool = new mssql.ConnectionPool(driverConfig({ ...own, tls, user }, password, { connector, ca }));
  pool.on('error', () => undefined);
  await pool.connect().catch(failed);
  return {
    run: async (statement) => void (await pool.request().batch(statement).catch(failed)),
    hosts: () => Promise.resolve([]),
    close: () => pool.close(),
  };
}
