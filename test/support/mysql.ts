import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Test } from 'tap';
import { namedServer, ownServer } from './named-server.ts';

/** A MySQL or MariaDB server that tests may create databases on; `GUARITA_TEST_MYSQL_URL` names it. */
export interface TestMysql {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The test has killed it. */
  isGone(): boolean;
}

/** The server that the environment names, else null: then the test is skipped, loudly. */
export function testMysql(t: Test, name = 'GUARITA_TEST_MYSQL_URL'): TestMysql | null {
  const url = namedServer(t, name, 'nothing of MySQL is tested (.ci/mariadb starts a server)');
  return url === null ? null : mysqlAt(url);
}

/** @param url `mysql://root:password@host:port/` */
export function mysqlAt(url: string): TestMysql {
  const { hostname, port, username, password } = new URL(url);
  return {
    ...{ host: hostname, port: Number(port || 3306) },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
    isGone: () => false,
  };
}

interface OwnMysql extends TestMysql {
  /** Ends it as a power cut would. */
  kill(): void;
}

/** A server of this test's own, where MariaDB is installed; else null, and the test is skipped. */
export async function ownMysql(t: Test): Promise<OwnMysql | null> {
  const own = await ownServer(t, 'mariadb');
  return own === null ? null : { ...mysqlAt(own.url), kill: own.kill, isGone: own.isGone };
}

/** A database of one test's own, gone when it ends. */
export interface TestDatabase {
  readonly server: TestMysql;
  readonly name: string;
  /** Who may only read it; the password is the same. */
  readonly reader: string;
  /** The connection that writes, in UTC, with no escapes by backslash and no strictness about dates. */
  readonly writer: Connection;
  readonly execute: (sql: string) => Promise<void>;
  /** Each value as the text that the server makes of it. */
  readonly rows: (sql: string) => Promise<(string | null)[][]>;
}

/** @param collation of the database, and so of what is created in it */
export async function createDatabase(
  t: Test,
  server: TestMysql,
  collation = 'utf8mb4_nopad_bin',
): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const reader = `r_${name}`;
  const writer = await connect(server);
  const execute = async (sql: string) => void (await writer.query(sql));
  await execute(`SET time_zone = '+00:00', sql_mode = 'NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'`);
  await execute(`CREATE DATABASE ${name} COLLATE ${collation}`);
  await execute(`USE ${name}`);
  await execute(`CREATE USER ${reader} IDENTIFIED BY '${reader}'`);
  await execute(`GRANT SELECT, SHOW VIEW ON ${name}.* TO ${reader}`);
  t.teardown(async () => {
    if (server.isGone()) return;
    // A test may have ended its connection, or left a lock that another one of its connections held.
    const admin = await connect(server);
    await admin.query(`DROP USER IF EXISTS ${reader}`);
    await admin.query('SET lock_wait_timeout = 10');
    await admin.query(`DROP DATABASE IF EXISTS ${name}`);
    await admin.end();
    writer.destroy();
  });
  const rows = async (sql: string) => {
    const [found] = await writer.query({ sql, rowsAsArray: true, typeCast: false });
    return (found as (Buffer | null)[][]).map((row) => row.map((field) => field?.toString('utf8') ?? null));
  };
  return { server, name, reader, writer, execute, rows };
}

export async function connect({ host, port, user, password }: TestMysql): Promise<Connection> {
  const connection = await createConnection({ host, port, user, password, charset: 'utf8mb4' });
  // One that the test ends by force is not of interest any more.
  connection.on('error', () => undefined);
  return connection;
}

/** Asks again and again until there is a row, and returns it: each question takes its time, so it does not spin. */
export async function untilGiven(database: TestDatabase, sql: string): Promise<(string | null)[]> {
  for (;;) {
    const [row] = await database.rows(sql);
    if (row !== undefined) return row;
  }
}
