import type { Test } from 'tap';
import { createAgentProgram } from '../../agent/cli.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { type ProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import { runProgram } from '../../shared/program.ts';

export interface Printed {
  readonly code: number;
  readonly text: string;
}

/** The program itself, in this process; told to stop before it starts, should a configuration be accepted. */
export async function serveHere(config: string, environment: Environment = {}): Promise<Printed> {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const program = createAgentProgram({ environment, print, stop: AbortSignal.abort() });
  const code = await runProgram(program, ['node', 'guarita-agent', 'serve', '--config', config], print);
  return { code, text: printed.join('\n') };
}

/** The error as state IT reads it: Portuguese, what and where, what to do, the code. */
export function requireExplained(t: Test, { code, text }: Printed, problem: ProblemCode, exit: number): void {
  const { pt } = problemOf(problem);
  t.equal(code, exit, `exit code ${exit}`);
  t.ok(text.includes(`✗ ${pt.title}`), 'what happened, in Portuguese');
  t.ok(text.includes(`→ ${pt.hint}`), 'what to do next');
  t.ok(text.includes(`[${problem}]`), text);
  t.notMatch(text, /\n {4}at /, 'no stack');
}

export type Config = Record<string, unknown>;

/** A source that nobody listens at. */
export const postgres = { engine: 'postgres', url: 'postgres://leitura@127.0.0.1:9/siap' };
export const silent = { log: { level: 'silent' } };
