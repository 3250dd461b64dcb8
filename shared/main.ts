import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import type { Command } from 'commander';
import type { ProgramContext } from './program.ts';

/**
 * Runs a program in this process. Together with the programs' own `main.ts` it is the only code that knows the
 * environment and sets the exit code.
 * @param load brings in the program; called only when what it loads may be cached
 */
export function main(load: () => Promise<Load>): void {
  // Where nobody can catch it, as the rest of that kind.
  run(load).catch((error: unknown) => setImmediate(() => thrown(error)));
}

type Load = (context: ProgramContext) => Command;

function thrown(error: unknown): never {
  throw error;
}

async function run(load: () => Promise<Load>): Promise<void> {
  // Run from source, Node strips the types of every file: cached, that costs neither the time nor 25 MB of memory
  // again. A packaged program has neither types nor that folder.
  if (!isSea()) enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compile'));
  const { explain } = await import('./explain.ts');
  const { printTo } = await import('./print-to.ts');
  const { runProgram } = await import('./program.ts');
  // Thrown where nobody could catch it, as by a driver in a listener of its own. Node would print all of it: the words
  // of the database, and the statement with its values.
  process.once('uncaughtException', (error) => {
    printTo(process.stderr)(explain(error));
    process.exit(1);
  });
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endWithReader);
  const createProgram = await load();

  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

  const program = createProgram({
    environment: process.env,
    print: printTo(process.stdout),
    isTerminal: process.stdout.isTTY,
    stop: stopping.signal,
  });
  process.exitCode = await runProgram(program, process.argv, printTo(process.stderr));
}

/** As a shell tells of a program that SIGPIPE ended: Node ignores that signal, and fails at each write instead. */
const readerGone = 141;

/** Whoever read what is printed has gone, as `| head -1` does: the rest is for nobody, and that is no fault to tell. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(readerGone);
  throw error;
}
