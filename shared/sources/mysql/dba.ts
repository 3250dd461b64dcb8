import { createConnection } from 'mysql2/promise';
import type { DbaLogin, DbaSession } from '../dba-session.ts';
import type { MysqlConfig } from '../source-config.ts';
import { connectionOptions } from './connections.ts';
import { mysqlError } from './errors.ts';

export async function mysqlDba(source: MysqlConfig, { user, password }: DbaLogin): Promise<DbaSession> {
  const failed = (error: unknown) => {
    throw mysqlError(error);
  };
  const options = connectionOptions({ ...source, user }, password);
  const connection = await createConnection(options).catch(failed);
  return {
    run: async (statement) => {
      const [rows] = await connection.query(statement).catch(failed);
      // The script's last query shows the statements that end the sessions of the user.
      const shown = Array.isArray(rows) ? (rows as { encerrar?: string }[]) : [];
      for (const { encerrar } of shown) {
        if (encerrar !== undefined) await connection.query(encerrar).catch(goneAlready);
      }
    },
    hosts: async (name) => {
      // MariaDB names the column as its table does, not as it was asked for.
      const statement = 'SELECT host AS host FROM mysql.user WHERE user = ?';
      const [rows] = await connection.query(statement, [name]).catch(failed);
      return (rows as { host: string }[]).map(({ host }) => host);
    },
    close: () => connection.end(),
  };
}

/** A session that ended by itself, between being shown and being ended. */
function goneAlready(error: unknown): void {
  if ((error as { code?: unknown }).code !== 'ER_NO_SUCH_THREAD') throw mysqlError(error);
}
