import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { namedServer } from './named-server.ts';

/** The folder of the packaged programs that the environment names, else null: then the test is skipped, loudly. */
export function packagedFolder(t: Test): string | null {
  return namedServer(
    t,
    'GUARITA_TEST_BINARIES',
    'nothing of the packaged programs is tested (npm run package makes them in dist)',
  );
}

export interface RunOptions {
  /** All of it: without this, the program has no environment at all. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it runs; without this, in an empty folder. */
  readonly cwd?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A packaged program that was started; it is killed when the test ends. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly log: () => string;
}

export function startPackaged(
  t: Test,
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Started {
  const { environment = {}, cwd = emptyFolder(t) } = options;
  const child = spawn(file, args, { env: environment, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  t.teardown(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, ended, log: () => output.stderr };
}

/** Runs a packaged program to its end. */
export function runPackaged(
  t: Test,
  file: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<Ended> {
  return startPackaged(t, file, args, options).ended;
}

export interface Serving extends Started {
  readonly url: string;
}

/** Starts the packaged agent; resolves once it listens, rejects with what it printed when it ends before. */
export async function servePackaged(t: Test, file: string, config: string): Promise<Serving> {
  const agent = startPackaged(t, file, ['serve', '--config', config]);
  const ended = agent.ended.then(({ stderr }) => Promise.reject(new Error(`the agent ended:\n${stderr}`)));
  const { stdout } = agent.child;
  if (stdout === null) throw new Error('no standard output');
  const [line] = (await Promise.race([once(stdout, 'data'), ended])) as [string];
  ended.catch(() => undefined);
  const url = /https?:\S+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`no address in: ${line}`);
  return { ...agent, url };
}

/** On disk, as an installation has it, not in memory where code may be forbidden to run. */
export function emptyFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-packaged-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
