import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Test } from 'tap';
import { type PostgresServer, startPostgres } from '../../scripts/demo/postgres-server.ts';
import { freePort } from '../../scripts/demo/processes.ts';

export interface TestPostgres extends PostgresServer {
  /** Runs statements as the superuser, one simple query each call. */
  admin(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  /** Creates a login role that may read what is granted to it, and nothing else; its password is `leitura`. */
  createReader(name: string): Promise<void>;
  /** Address of a database as that role, without the password. */
  readerUrl(name: string, database?: string): string;
}

/** Nothing of it outlives the test, so it need not survive a crash either. */
const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=60'];

/** A real PostgreSQL of this test file's own, stopped and deleted when the test ends. */
export async function testPostgres(t: Test): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-test-'));
  const options = { folder, port: await freePort(), password: 'admin', persistent: false, settings: fast };
  const server = await startPostgres(options);
  t.teardown(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const admin = async (sql: string, database = 'postgres') => {
    const client = new Client({ connectionString: server.url(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await admin('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  return {
    ...server,
    admin,
    createReader: async (name) => {
      await admin(`CREATE ROLE ${name} LOGIN PASSWORD 'leitura'`);
    },
    readerUrl: (name, database = 'postgres') => `postgres://${name}@127.0.0.1:${server.port}/${database}`,
  };
}
