import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPassword } from '../../shared/sources/postgres-client/address.ts';
import { AddressedClient } from '../../shared/sources/postgres-client/client.ts';
import { dataFolder, embeddedPostgres, isRoot, readableByServer } from './postgres-places.ts';

/** A PostgreSQL server on loopback for the demo, the bench and the tests; production brings its own. */
export interface PostgresServer {
  readonly port: number;
  /** Address of a database as the superuser. */
  url(database: string): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  /** Keep the files when it stops. */
  readonly persistent: boolean;
  /** Settings of the server, `name=value`. */
  readonly settings?: readonly string[];
}

/** Starts a server in a folder, makes it when it is new, or goes on with one that an earlier run left running. */
export async function startPostgres(options: ServerOptions): Promise<PostgresServer> {
  const data = dataFolder(options.folder);
  const left = await runningServer(data, options.password);
  const port = left?.port ?? options.port;
  const url = (database: string) => `postgres://postgres:${options.password}@127.0.0.1:${port}/${database}`;
  if (left !== null) return { port, url, stop: () => endProcess(left.pid) };
  const EmbeddedPostgres = await embeddedPostgres();
  const messages: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'postgres',
    password: options.password,
    persistent: options.persistent,
    // PostgreSQL refuses to run as root: the package then makes the system user "postgres" and runs it as that.
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      ...(options.settings ?? []).flatMap((s) => ['-c', s]),
    ],
    onLog: (message) => void messages.push(message),
    onError: (message) => void messages.push(String(message)),
  });
  try {
    if (!existsSync(join(data, 'PG_VERSION'))) await readableByServer(() => server.initialise());
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start in ${data}:\n${messages.slice(-10).join('')}`, {
      cause: error,
    });
  }
  return { port, url, stop: () => server.stop() };
}

/**
 * The server that holds a data folder, by the file that PostgreSQL keeps about it. The file of one that is gone may
 * name a process that has nothing to do with it, so it must also answer, to our password.
 */
async function runningServer(data: string, password: string): Promise<{ pid: number; port: number } | null> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const [pid = '', , , port = ''] = readFileSync(file, 'utf8').split('\n');
  const server = { pid: Number(pid), port: Number(port) };
  return isAlive(server.pid) && (await answers(server.port, password)) ? server : null;
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new AddressedClient({
    connectionString: withPassword(`postgres://postgres@127.0.0.1:${port}/postgres`, password),
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function endProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
}
