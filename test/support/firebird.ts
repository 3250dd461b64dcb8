import { randomUUID } from 'node:crypto';
import Firebird from 'node-firebird';
import type { Test } from 'tap';
import { namedServer, ownServer } from './named-server.ts';

/** A Firebird server that tests may create databases on; `GUARITA_TEST_FIREBIRD_URL` names it. */
export interface TestFirebird {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Path of a database of the server. */
  path(name: string): string;
  /** The test has killed it. */
  isGone(): boolean;
}

/** The reader that tests attach as; its password is the same. */
export const reader = { user: 'LEITOR', password: 'leitura' };

/** The server that the environment names, else null: then the test is skipped, loudly. */
export function testFirebird(t: Test, name = 'GUARITA_TEST_FIREBIRD_URL'): TestFirebird | null {
  const url = namedServer(t, name, 'nothing of Firebird is tested (.ci/firebird starts a server)');
  return url === null ? null : firebirdAt(url);
}

/** @param url `firebird://SYSDBA:password@host:port/folder/` */
export function firebirdAt(url: string): TestFirebird {
  const { hostname, port, username, password, pathname } = new URL(url);
  const folder = decodeURIComponent(pathname.slice(1));
  return {
    ...{ host: hostname, port: Number(port) },
    ...{ user: decodeURIComponent(username), password: decodeURIComponent(password) },
    path: (name) => `${folder}${name}.fdb`,
    isGone: () => false,
  };
}

export interface OwnFirebird extends TestFirebird {
  /** Ends it as a power cut would. */
  kill(): void;
}

/** A server of this test's own, where Firebird is installed; else null, and the test is skipped. */
export async function ownFirebird(t: Test, timeZone = 'UTC'): Promise<OwnFirebird | null> {
  const own = await ownServer(t, 'firebird', { FIREBIRD_SERVER_TZ: timeZone });
  return own === null ? null : { ...firebirdAt(own.url), kill: own.kill, isGone: own.isGone };
}

export interface TestDatabase {
  readonly path: string;
  /** Runs one statement, in a transaction of its own, as who may do anything. */
  execute(sql: string): Promise<void>;
  rows(sql: string): Promise<unknown[][]>;
}

export interface TestDatabaseOptions {
  /** Of columns that do not say theirs. */
  readonly charset?: string;
  /** Of the connection that writes. */
  readonly writtenAs?: Firebird.SupportedCharacterSet;
}

/** A database of this test's own, dropped when it ends, and the user that reads. */
export async function createDatabase(
  t: Test,
  server: TestFirebird,
  { charset = 'UTF8', writtenAs = 'UTF8' }: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const { host, port, user, password } = server;
  const path = server.path(`guarita-${randomUUID()}`);
  const options = { host, port, user, password, database: path, encoding: writtenAs, blobAsText: true };
  const creator = await Firebird.createAsync({ ...options, defaultCharset: charset });
  await creator.detachAsync();
  const pool = Firebird.pool(4, options);
  t.teardown(async () => {
    // The driver would wait for an answer.
    if (server.isGone()) return;
    await pool.destroyAsync();
    await Firebird.dropAsync(options);
  });
  const database: TestDatabase = {
    path,
    // Not by the connection itself: its transaction stays open when the commit fails, as that of DDL may.
    execute: (sql) =>
      pool.withConnection((db) => db.withTransaction(async (tx) => void (await tx.queryAsync(sql)))),
    rows: (sql) => pool.withConnection((db) => db.withTransaction((tx) => tx.executeAsync<unknown[]>(sql))),
  };
  await createReader(database);
  return database;
}

/** Users are of the server, not of a database, and there may be one from before. */
async function createReader(database: TestDatabase): Promise<void> {
  const isThere = async () =>
    (await database.rows(`SELECT 1 FROM SEC$USERS WHERE SEC$USER_NAME = '${reader.user}'`)).length > 0;
  if (await isThere()) return;
  await database
    .execute(`CREATE USER ${reader.user} PASSWORD '${reader.password}'`)
    .catch(async (error: unknown) => {
      // Another test was faster.
      if (!(await isThere())) throw error;
    });
}
