import { Command, CommanderError } from 'commander';
import { asGuaritaError } from './errors.ts';
import { explain } from './explain.ts';
import type { Environment } from './options/environment.ts';
import { explainUsage, helpInPortuguese } from './usage.ts';
import { softwareVersion } from './version.ts';

/** What a command is given of the process that it runs in; only `main.ts` touches the process itself. */
export interface ProgramContext {
  readonly environment: Environment;
  /** Prints a line of a command's own output. */
  readonly print: (text: string) => void;
  /** That output is a terminal: what is printed is read by a person, as far as a program can tell. */
  readonly isTerminal?: boolean;
  /** Aborted by the first SIGINT or SIGTERM: finish what is in hand and end. */
  readonly stop: AbortSignal;
  /** For tests: what lets time pass before something that failed is tried again. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Exit codes: 0 done, 1 failed (what failed may be worth another try), 2 the command or its options are wrong. */
const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** A program with its help in Portuguese, as state IT and operators read it. */
export function createProgram(name: string, description: string): Command {
  return (
    new Command(name)
      .description(description)
      .version(softwareVersion, '-V, --version', 'mostra a versão')
      .helpOption('-h, --help', 'mostra esta ajuda')
      .helpCommand('help [comando]', 'mostra a ajuda de um comando')
      .configureHelp(helpInPortuguese)
      // What is wrong with a command line is printed by `runProgram`, like every other error.
      .configureOutput({ outputError: () => undefined })
      .exitOverride()
  );
}

/** Runs a program to its exit code; an error is printed here, once, in Portuguese with what to do next. */
export async function runProgram(
  program: Command,
  argv: readonly string[],
  printError: (text: string) => void,
): Promise<number> {
  try {
    await program.parseAsync([...argv]);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
      // Without a command, the help was shown instead.
      if (error.code !== 'commander.help') printError(explainUsage(error));
      return exitCodes.usage;
    }
    if (error instanceof ExitCode) return error.code;
    printError(explain(error));
    return usageProblems.has(asGuaritaError(error).code) ? exitCodes.usage : exitCodes.failed;
  }
}

const usageProblems: ReadonlySet<string> = new Set([
  'config-unreadable',
  'text-unreadable',
  'config-invalid',
  'secret-exposed',
  'secret-missing',
  'key-unreadable',
  'source-unknown',
  'option-invalid',
  'table-invalid',
  'request-invalid',
  'mode-unusable',
]);

/** Ends a command with a code after it has said by itself what there was to say. */
export class ExitCode extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit code ${code}`);
    this.code = code;
  }
}
