import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Test } from 'tap';
import { freePort } from '../../scripts/demo/processes.ts';
import { namedServer } from './named-server.ts';
import { testPassword } from './postgres.ts';
import { temporaryParent } from './temporary-parent.ts';

/** A server by programs that are not the ones npm installed. */
export interface OwnPostgres {
  readonly port: number;
  /** Its folder of data. */
  readonly data: string;
  /** Address of a database as the superuser. */
  url(database: string): string;
  /** As the superuser; whoever asks ends it. */
  connect(database?: string): Promise<Client>;
  /** Runs statements so, one simple query each call. */
  admin(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  start(): void;
  stop(): void;
}

export interface PostgresPrograms {
  run(program: string, args: readonly string[]): void;
  /** A server by its name, stopped when the test ends; `initialise` or a copy makes its data. */
  server(name: string): Promise<OwnPostgres>;
  /** @param settings lines of its configuration */
  initialise(server: OwnPostgres, settings: string): void;
}

/** The programs of the folder that the environment names, else null: then the test is skipped, loudly. */
export function postgresPrograms(t: Test, skipped: string): PostgresPrograms | null {
  const programs = namedServer(
    t,
    'GUARITA_TEST_POSTGRES_BIN',
    `${skipped} (PostgreSQL's folder of programs, as /usr/lib/postgresql/15/bin)`,
  );
  if (programs === null) return null;
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-postgres-'));
  const user = serverUser();
  if (user !== null) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const made: OwnPostgres[] = [];
  const run = (program: string, args: readonly string[]) =>
    void execFileSync(join(programs, program), args, {
      ...{ ...user, cwd: folder, stdio: 'pipe', env: { ...process.env, PGPASSWORD: testPassword } },
    });
  t.teardown(() => {
    for (const { data } of made.toReversed()) {
      spawnSync(join(programs, 'pg_ctl'), ['stop', '-w', '-m', 'immediate', '-D', data], { ...user });
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  const server = async (name: string): Promise<OwnPostgres> => {
    const data = join(folder, name);
    const port = await freePort();
    // Its output would keep this process waiting; -w waits until it answers, or has ended.
    const start = () => run('pg_ctl', ['start', '-w', '-D', data, '-l', `${data}.log`, '-o', `-p ${port}`]);
    const stop = () => run('pg_ctl', ['stop', '-w', '-m', 'fast', '-D', data]);
    const url = (database: string) => `postgres://postgres:${testPassword}@127.0.0.1:${port}/${database}`;
    const connect = async (database = 'postgres') => {
      const client = new Client({ connectionString: url(database) });
      await client.connect();
      return client;
    };
    const admin = async (sql: string, database = 'postgres') => {
      const client = await connect(database);
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    const one = { port, data, url, start, stop, connect, admin };
    made.push(one);
    return one;
  };
  const initialise = ({ data }: OwnPostgres, settings: string) => {
    const secret = `${data}.password`;
    writeFileSync(secret, testPassword);
    if (user !== null) chownSync(secret, user.uid, user.gid);
    const login = ['--username=postgres', `--pwfile=${secret}`, '--auth=scram-sha-256'];
    run('initdb', ['-D', data, ...login, '--encoding=UTF8', '--locale=C', '--no-sync']);
    appendFileSync(join(data, 'postgresql.conf'), settings);
  };
  return { run, server, initialise };
}

/** PostgreSQL refuses to run as root; null: as whoever runs this. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
