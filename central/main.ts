#!/usr/bin/env node
import { runProgram } from '../shared/program.ts';
import { createCentralProgram } from './cli.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const program = createCentralProgram({
  environment: process.env,
  print: (text) => void process.stdout.write(`${text}\n`),
  stop: stopping.signal,
});
process.exitCode = await runProgram(program, process.argv, (text) => void process.stderr.write(`${text}\n`));
