import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { isRoot } from '../../scripts/demo/postgres-places.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { testFolder } from './bases.ts';
import type { TestPostgres } from './postgres.ts';

/** Whose passwords it knows. */
const users = { postgres: 'admin', leitor: 'leitura' };

/**
 * A pgbouncer before a server, in transaction mode: with one session of the server for all clients, unless told
 * otherwise, so that each finds what the others have left in it.
 */
export async function pgbouncer(
  t: Test,
  program: string,
  server: TestPostgres,
  sessions = 1,
): Promise<number> {
  const folder = testFolder(t);
  const port = await freePort();
  const file = (name: string, lines: readonly string[]) => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    chmodSync(join(folder, name), 0o644);
    return join(folder, name);
  };
  const known = file(
    'users.txt',
    Object.entries(users).map(([name, password]) => `"${name}" "${password}"`),
  );
  const settings = file('pgbouncer.ini', [
    ...['[databases]', `* = host=127.0.0.1 port=${server.port}`],
    ...['[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
    ...['auth_type = scram-sha-256', `auth_file = ${known}`],
    ...['pool_mode = transaction', `default_pool_size = ${sessions}`],
  ]);
  chmodSync(folder, 0o711);
  // It does not run as root either.
  const id = (what: string) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  const user = isRoot ? { uid: id('-u'), gid: id('-g') } : {};
  const child = spawn(program, [settings], { ...user, stdio: ['ignore', 'ignore', 'pipe'] });
  t.teardown(async () => {
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  let said = '';
  for await (const text of child.stderr.setEncoding('utf8')) {
    said += String(text);
    if (said.includes('process up')) break;
  }
  if (!said.includes('process up')) throw new Error(`pgbouncer did not start: ${said}`);
  return port;
}
