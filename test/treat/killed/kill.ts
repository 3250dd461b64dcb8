import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { today } from '../bad-input/given.ts';

const program = join(import.meta.dirname, 'treating-process.ts');

/**
 * Has a process treat a base, and kills it after some steps: of all, or of those of one part (`link par`). Returns whether it
 * was killed before its end.
 */
export async function treatedAndKilled(where: string, steps: number, of?: string): Promise<boolean> {
  const child = spawn(process.execPath, [program, where, today], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if ((of === undefined || line === of) && ++seen === steps) child.kill('SIGKILL');
  }
  const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  if (signal === null && code !== 0) throw new Error(`It ended with ${code}.`);
  return signal === 'SIGKILL';
}
