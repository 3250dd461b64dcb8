import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type PostgresServer, startPostgres } from '../demo/postgres-server.ts';
import { freePort } from '../demo/processes.ts';

/** A PostgreSQL server for the bases, and a folder for everything else; both are gone with the bench. */
export interface Bench {
  /** Rows of each view that is measured. */
  readonly rows: number;
  readonly folder: string;
  /** File with the password of the server's superuser, who owns the bases. */
  readonly passwordFile: string;
  readonly server: PostgresServer;
  /** Makes a database and returns its address, without a password. */
  createDatabase(name: string): Promise<string>;
  close(): Promise<void>;
}

const settings = ['shared_buffers=512MB', 'max_wal_size=4GB', 'checkpoint_timeout=30min', 'autovacuum=on'];

export async function openBench(rows: number): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-bench-'));
  const password = 'bench';
  const port = await freePort();
  const server = await startPostgres({ folder, port, password, persistent: false, settings });
  const passwordFile = join(folder, 'admin');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  return {
    ...{ rows, folder, passwordFile, server },
    createDatabase: async (name) => {
      const admin = await connect(server.url('postgres'));
      await admin.query(`CREATE DATABASE ${name}`);
      await admin.end();
      return `postgres://postgres@127.0.0.1:${server.port}/${name}`;
    },
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
