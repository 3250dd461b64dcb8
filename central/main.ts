#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isSea } from 'node:sea';

// Run from source, Node strips the types of every file: cached, that costs neither the time nor 25 MB of memory again.
// A packaged program has neither types nor that folder.
if (!isSea()) enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compile'));
void main();

async function main(): Promise<void> {
  const { runProgram } = await import('../shared/program.ts');
  const { createCentralProgram } = await import('./cli.ts');

  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

  const program = createCentralProgram({
    environment: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    stop: stopping.signal,
  });
  process.exitCode = await runProgram(
    program,
    process.argv,
    (text) => void process.stderr.write(`${text}\n`),
  );
}
