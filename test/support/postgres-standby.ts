import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Test } from 'tap';
import { freePort } from '../../scripts/demo/processes.ts';
import { until } from './deferred.ts';
import { namedServer } from './named-server.ts';
import { temporaryParent } from './temporary-parent.ts';

/** A server of a pair. */
export interface PairedServer {
  readonly port: number;
  /** Address of a database as the superuser. */
  url(database: string): string;
  /** As the superuser; whoever asks ends it. */
  connect(): Promise<Client>;
  /** Runs statements so, one simple query each call. */
  admin(sql: string): Promise<Record<string, unknown>[]>;
  start(): void;
  stop(): void;
}

/** A primary and a replica that streams from it, both of this test's own; idle but for what the test does. */
export interface PostgresPair {
  readonly primary: PairedServer;
  readonly standby: PairedServer;
  /** Resolves when the replica has what the primary has. */
  readonly caughtUp: () => Promise<void>;
  /** Resolves when the replica has a connection to the primary, or has none. */
  readonly connected: (is: boolean) => Promise<void>;
}

/** No work of its own may write to the log that a replica follows; whoever lost the other one looks again at once. */
const settings = `
  listen_addresses = '127.0.0.1'
  unix_socket_directories = ''
  fsync = off
  autovacuum = off
  wal_keep_size = '256MB'
  wal_retrieve_retry_interval = '100ms'
  shared_buffers = '16MB'
`;

/** With the programs of the folder that the environment names, else null: then the test is skipped, loudly. */
export async function postgresPair(t: Test): Promise<PostgresPair | null> {
  const skipped = "no replica is tested (PostgreSQL's folder of programs, as /usr/lib/postgresql/15/bin)";
  const programs = namedServer(t, 'GUARITA_TEST_POSTGRES_BIN', skipped);
  if (programs === null) return null;
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-replica-'));
  const user = serverUser();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const password = randomBytes(16).toString('hex');
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(programs, program), args, {
      ...{ ...user, cwd: folder, stdio: 'pipe', env: { ...process.env, PGPASSWORD: password } },
    });
  const server = (name: string, port: number): PairedServer => {
    const data = join(folder, name);
    // Its output would keep this process waiting; -w waits until it answers, or has ended.
    const start = () =>
      void run('pg_ctl', ['start', '-w', '-D', data, '-l', join(folder, `${name}.log`), '-o', `-p ${port}`]);
    const stop = () => void run('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', data]);
    const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
    const connect = async () => {
      const client = new Client({ connectionString: url('postgres') });
      await client.connect();
      return client;
    };
    const admin = async (sql: string) => {
      const client = await connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    return { port, url, start, stop, connect, admin };
  };
  const primary = server('primary', await freePort());
  const standby = server('standby', await freePort());
  t.teardown(() => {
    for (const name of ['standby', 'primary']) {
      const stop = ['stop', '-w', '-m', 'immediate', '-D', join(folder, name)];
      spawnSync(join(programs, 'pg_ctl'), stop, { ...user });
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  const secret = join(folder, 'password');
  writeFileSync(secret, password);
  if (user !== null) chownSync(secret, user.uid, user.gid);
  const data = join(folder, 'primary');
  const login = ['--username=postgres', `--pwfile=${secret}`, '--auth=scram-sha-256'];
  run('initdb', ['-D', data, ...login, '--encoding=UTF8', '--locale=C', '--no-sync']);
  appendFileSync(join(data, 'postgresql.conf'), settings);
  primary.start();
  const from = ['--host=127.0.0.1', `--port=${primary.port}`, '--username=postgres'];
  run('pg_basebackup', ['-D', join(folder, 'standby'), ...from, '-R', '-c', 'fast', '--no-sync']);
  standby.start();

  const valueOf = async (of: PairedServer, expression: string) =>
    (await of.admin(`SELECT ${expression} AS value`))[0]?.['value'];
  return {
    primary,
    standby,
    caughtUp: async () => {
      const written = String(await valueOf(primary, 'pg_current_wal_flush_lsn()'));
      await until('the replica has all', async () =>
        Boolean(await valueOf(standby, `pg_last_wal_replay_lsn() >= '${written}'`)),
      );
    },
    connected: (is) =>
      until('the connection of the replica', async () => {
        const found = await valueOf(standby, 'EXISTS (SELECT FROM pg_stat_wal_receiver)');
        return found === is;
      }),
  };
}

/** PostgreSQL refuses to run as root; null: as whoever runs this. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
