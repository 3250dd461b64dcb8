import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

/** A program of this project as a process of its own, run by the Node that runs this. */
export type ProgramName = 'agent' | 'central';

/**
 * As `package.json` has it: a small young generation frees the buffers of a page soon after they were used. Measured:
 * some 45 MB less in the agent, for about 5 % more CPU (docs/performance.md).
 */
const nodeFlags = ['--max-semi-space-size=2'];

/** What to give Node to run a program of this project. */
export function commandLine(program: ProgramName, args: readonly string[]): string[] {
  return [...nodeFlags, join(root, program, 'main.ts'), ...args];
}

/** Runs a command to its end and returns what it printed; its error output goes into the error when it fails. */
export async function run(program: ProgramName, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, commandLine(program, args));
  return stdout.trim();
}

/** Runs a command in this terminal; resolves to its exit code. */
export async function runHere(program: ProgramName, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, commandLine(program, args), { stdio: 'inherit' });
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
export async function start(program: ProgramName, args: readonly string[]): Promise<Service> {
  const child = spawn(process.execPath, commandLine(program, args), { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const exited = once(child, 'exit');
  const ended = exited.then(() => {
    throw new Error(`${program} ended:\n${errors}`);
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
