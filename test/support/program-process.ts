import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Test } from 'tap';

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that was started as a process of its own and may still run. */
export interface ProgramProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
  /** What it wrote to standard error so far. */
  log(): string;
}

/** What Node is told: where compiled code is kept, and packages that are one file each (`one-file/use.ts`). */
const ofNode = ['NODE_COMPILE_CACHE', 'NODE_OPTIONS'];

/**
 * All that a program gets of the environment of the tests: where programs are, and what spares it to load and compile the
 * same files anew.
 */
export function programEnvironment(): Environment {
  const { PATH = '' } = process.env;
  const told = ofNode.map((name) => [name, process.env[name]] as const);
  return {
    PATH,
    ...Object.fromEntries(told.filter((each): each is [string, string] => each[1] !== undefined)),
  };
}

/** Starts `guarita-agent` or `guarita-central` with arguments; killed when the test ends. */
export function spawnProgram(
  t: Test,
  program: 'agent' | 'central',
  args: readonly string[],
  environment: Environment = {},
): ProgramProcess {
  const main = join(import.meta.dirname, '..', '..', program, 'main.ts');
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...programEnvironment(), ...environment },
  });
  t.teardown(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, ended, log: () => output.stderr };
}
