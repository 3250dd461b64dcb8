import { createConnection } from 'mysql2/promise';
import type { DbaLogin, DbaSession } from './dba.ts';
import { connectionOptions } from './mysql-connection.ts';
import { mysqlError } from './mysql-errors.ts';
import type { MysqlConfig } from './source-config.ts';

export async function mysqlDba(source: MysqlConfig, { user, password }: DbaLogin): Promise<DbaSession> {
  const failed = (error: unknown) => {
    throw mysqlError(error);
  };
  const options = connectionOptions({ ...source, user }, password);
  const connection = await createConnection(options).catch(failed);
  return {
    run: async (statement) => void (await connection.query(statement).catch(failed)),
    hosts: async (name) => {
      const [rows] = await connection.query('SELECT host FROM mysql.user WHERE user = ?', [name]);
      return (rows as { host: string }[]).map(({ host }) => host);
    },
    close: () => connection.end(),
  };
}
