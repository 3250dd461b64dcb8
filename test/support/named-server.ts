import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Test } from 'tap';
import { pidIn } from './pid-in.ts';
import { temporaryParent } from './temporary-parent.ts';

/** The address of a server that an environment variable names, else null: then the test is skipped, loudly. */
export function namedServer(t: Test, variable: string, skipped: string): string | null {
  const url = process.env[variable];
  if (url !== undefined) return url;
  const why = `${variable} is not set: ${skipped}`;
  process.stderr.write(`${t.name}: ${why}\n`);
  t.plan(0, why);
  return null;
}

export interface OwnServer {
  readonly url: string;
  /** Ends it as a power cut would. */
  readonly kill: () => void;
  readonly isGone: () => boolean;
}

/** A server of this test's own by a script of `.ci`, where it is installed; else null, and the test is skipped. */
export async function ownServer(
  t: Test,
  script: 'mariadb' | 'firebird',
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnServer | null> {
  const program = { mariadb: '/usr/sbin/mariadbd', firebird: '/usr/sbin/firebird' }[script];
  if (!existsSync(program)) {
    t.plan(0, `${program} is not installed here: no server of its own can be started`);
    return null;
  }
  const parent = mkdtempSync(join(temporaryParent(), `guarita-${script}-`));
  // The server may run as another user.
  chmodSync(parent, 0o711);
  const folder = join(parent, 'server');
  const path = join(import.meta.dirname, '..', '..', '.ci', script);
  const { stdout } = await promisify(execFile)(path, [folder], { env: { ...process.env, ...environment } });
  const pidFile = readdirSync(folder).find((name) => name.endsWith('.pid')) ?? '';
  const pid = pidIn(join(folder, pidFile));
  let isAlive = true;
  const kill = () => {
    if (isAlive) process.kill(pid, 'SIGKILL');
    isAlive = false;
  };
  t.teardown(() => {
    kill();
    rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
  });
  return { url: stdout.trim(), kill, isGone: () => !isAlive };
}
