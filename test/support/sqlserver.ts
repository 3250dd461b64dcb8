import { randomBytes } from 'node:crypto';
import mssql from 'mssql';
import type { Test } from 'tap';
import { namedServer } from './named-server.ts';

/** A SQL Server that tests may create databases on; `GUARITA_TEST_MSSQL_URL` names it. */
export interface TestSqlServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** The server that the environment names, else null: then the test is skipped, loudly. */
export function testSqlServer(t: Test, name = 'GUARITA_TEST_MSSQL_URL'): TestSqlServer | null {
  const url = namedServer(t, name, 'no SQL Server is tested (mssql://sa:password@host:1433/)');
  if (url === null) return null;
  const { hostname, port, username, password } = new URL(url);
  return {
    ...{ host: hostname, port: Number(port || 1433) },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
  };
}

/** A database of one test's own, gone when it ends. */
export interface TestDatabase {
  readonly name: string;
  /** The login that may only read it. */
  readonly reader: { readonly user: string; readonly password: string };
  readonly execute: (sql: string) => Promise<void>;
  /** Rows of a SELECT whose columns are all texts. */
  readonly rows: (sql: string) => Promise<(string | null)[][]>;
}

/** The database allows snapshots, and its collation is one that ignores case, as states have it. */
export async function createDatabase(t: Test, server: TestSqlServer): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const reader = { user: `r_${name}`, password: `Aa1-${randomBytes(12).toString('hex')}` };
  const admin = await connect(server, 'master');
  await admin.batch(`CREATE DATABASE ${name} COLLATE Latin1_General_100_CI_AS`);
  await admin.batch(`ALTER DATABASE ${name} SET ALLOW_SNAPSHOT_ISOLATION ON`);
  await admin.batch(`CREATE LOGIN ${reader.user} WITH PASSWORD = '${reader.password}'`);
  const writer = await connect(server, name);
  await writer.batch(`CREATE USER ${reader.user}; GRANT SELECT, SHOWPLAN TO ${reader.user}`);
  t.teardown(async () => {
    await writer.close();
    await admin.batch(
      `ALTER DATABASE ${name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE ${name}`,
    );
    await admin.batch(`DROP LOGIN ${reader.user}`);
    await admin.close();
  });
  return {
    ...{ name, reader },
    execute: async (sql) => void (await writer.batch(sql)),
    rows: async (sql) => {
      const request = writer.request();
      request.arrayRowMode = true;
      const { recordset } = await request.batch(sql);
      return recordset;
    },
  };
}

async function connect(
  { host, port, user, password }: TestSqlServer,
  database: string,
): Promise<mssql.ConnectionPool> {
  const options = { encrypt: true, trustServerCertificate: true };
  return new mssql.ConnectionPool({ server: host, port, user, password, database, options }).connect();
}
