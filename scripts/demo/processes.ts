import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

/** A program of this project as a process of its own: from source, run by the Node that runs this, or packaged. */
export type ProgramName = 'agent' | 'central';

/**
 * As `package.json` has it: a small young generation frees the buffers of a page soon after they were used. Measured:
 * some 45 MB less in the agent, for about 5 % more CPU (docs/performance.md).
 */
export const nodeFlags = ['--max-semi-space-size=2', '--heap-growing-percent=50'];

let packaged: string | null = null;

/** From now on, programs are the packaged ones of a folder, as `npm run package` makes them for this platform. */
export function usePackaged(folder: string): void {
  packaged = resolve(folder);
}

/** The command that runs a program of this project, and its arguments. */
export function commandLine(program: ProgramName, args: readonly string[]): [string, ...string[]] {
  if (packaged === null) return [process.execPath, ...nodeFlags, join(root, program, 'main.ts'), ...args];
  const platform = process.platform === 'win32' ? 'win-x64.exe' : `${process.platform}-${process.arch}`;
  return [join(packaged, `guarita-${program}-${platform}`), ...args];
}

/** Runs a command to its end and returns what it printed; its error output goes into the error when it fails. */
export async function run(program: ProgramName, args: readonly string[]): Promise<string> {
  const [command, ...all] = commandLine(program, args);
  const { stdout } = await promisify(execFile)(command, all);
  return stdout.trim();
}

/** Runs a command in this terminal; resolves to its exit code. */
export async function runHere(program: ProgramName, args: readonly string[]): Promise<number> {
  const [command, ...all] = commandLine(program, args);
  const child = spawn(command, all, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** A service that runs until it is stopped. */
export interface Service {
  readonly process: ChildProcess;
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>;
}

/** Starts a service; resolves once it printed its first line, rejects with its errors when it ends before. */
export function start(program: ProgramName, args: readonly string[]): Promise<Service> {
  return startCommand(commandLine(program, args));
}

export async function startCommand([command, ...args]: readonly [string, ...string[]]): Promise<Service> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const exited = once(child, 'exit');
  const ended = exited.then(() => {
    throw new Error(`${command} ended:\n${errors}`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  child.stdout.resume();
  return {
    process: child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port on loopback');
  return address.port;
}
