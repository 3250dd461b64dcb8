import { createAgentProgram } from '../../agent/cli.ts';
import { createCentralProgram } from '../../central/cli.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { runProgram } from '../../shared/program.ts';
import { requirePortuguese } from './english.ts';

export interface CommandResult {
  readonly code: number;
  /** What it printed, and what it said went wrong. */
  readonly output: string;
  readonly errors: string;
}

export interface CommandOptions {
  readonly environment?: Environment;
  readonly stop?: AbortSignal;
  /** Whether a person reads what it prints; without this, as where a schedule runs it. */
  readonly isTerminal?: boolean;
  readonly onOutput?: (line: string) => void;
}

/** Runs a command as `main.ts` does, in this process: for what needs no process of its own. */
export async function runCommand(
  program: 'agent' | 'central',
  args: readonly string[],
  {
    environment = {},
    stop = new AbortController().signal,
    isTerminal = false,
    onOutput,
  }: CommandOptions = {},
): Promise<CommandResult> {
  const output: string[] = [];
  const errors: string[] = [];
  const create = program === 'agent' ? createAgentProgram : createCentralProgram;
  const print = (line: string) => {
    output.push(line);
    onOutput?.(line);
  };
  // Of central, what is tried again is waited for as it is.
  const pause = program === 'agent' ? { pause: () => Promise.resolve() } : {};
  const command = create({ environment, print, stop, isTerminal, ...pause });
  const quiet = { writeOut: print, writeErr: (text: string) => void errors.push(text) };
  for (const each of [command, ...command.commands]) each.configureOutput(quiet);
  const code = await runProgram(command, ['node', program, ...args], (line) => void errors.push(line));
  requirePortuguese(args, [...output, ...errors]);
  return { code, output: output.join('\n'), errors: errors.join('\n') };
}
