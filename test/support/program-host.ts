import { setImmediate as nextTurn } from 'node:timers/promises';
import { createAgentProgram } from '../../agent/cli.ts';
import { createCentralProgram } from '../../central/cli.ts';
import { runProgram } from '../../shared/program.ts';

/**
 * A process that has loaded the programs and waits to be told a command, so that a test which kills many need not wait
 * for Node to start each time. What it runs is what `main.ts` runs; only the pauses before another try are cut short.
 */
export type ToHost = {
  readonly program: 'agent' | 'central';
  readonly argv: readonly string[];
};

export type FromHost =
  | { readonly printed: string }
  | { readonly code: number; readonly output: string; readonly errors: string };

function send(message: FromHost): void {
  process.send?.(message);
}

async function run({ program, argv }: ToHost): Promise<void> {
  const output: string[] = [];
  const errors: string[] = [];
  const create = program === 'agent' ? createAgentProgram : createCentralProgram;
  const command = create({
    environment: process.env,
    print: (text) => {
      output.push(text);
      send({ printed: text });
    },
    stop: new AbortController().signal,
    pause: () => nextTurn(undefined),
  });
  const code = await runProgram(command, ['node', program, ...argv], (text) => void errors.push(text));
  send({ code, output: output.join('\n'), errors: errors.join('\n') });
}

process.on('message', (message: ToHost) => void run(message));
process.on('disconnect', () => process.exit());
