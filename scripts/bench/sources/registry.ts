import type { Bench } from '../setup.ts';
import type { BenchSource } from './bench-source.ts';
import { firebirdSource } from './firebird.ts';
import { mysqlSource } from './mysql.ts';
import { postgresSource } from './postgres.ts';
import { sqliteSource } from './sqlite.ts';
import { sqlServerSource } from './sqlserver.ts';

interface BenchEngine {
  /** What to do so that it can be measured; null when it can. */
  lack(): string | null;
  open(bench: Bench, name: string): Promise<BenchSource>;
}

/** An engine that is measured on a server of somebody else, which an environment variable names. */
function onServer(
  variable: string,
  example: string,
  open: (bench: Bench, name: string, server: URL) => Promise<BenchSource>,
): BenchEngine {
  const server = () => {
    const url = URL.parse(process.env[variable] ?? '');
    return url === null || url.hostname === '' ? null : url;
  };
  const lack = `set ${variable} to a server that databases may be created on, like ${example}`;
  return {
    lack: () => (server() === null ? lack : null),
    open: (bench, name) => {
      const url = server();
      if (url === null) throw new Error(lack);
      return open(bench, name, url);
    },
  };
}

export const benchEngines: Readonly<Record<string, BenchEngine>> = {
  postgres: { lack: () => null, open: postgresSource },
  sqlserver: onServer('GUARITA_TEST_MSSQL_URL', 'mssql://sa:password@127.0.0.1:1433/', sqlServerSource),
  mysql: onServer('GUARITA_TEST_MYSQL_URL', 'mysql://root:password@127.0.0.1:3306/', mysqlSource),
  firebird: onServer(
    'GUARITA_TEST_FIREBIRD_URL',
    'firebird://SYSDBA:password@127.0.0.1:3050//folder/of/the/server/',
    firebirdSource,
  ),
  sqlite: { lack: () => null, open: sqliteSource },
};
