import type { Test } from 'tap';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import type { CommandResult } from './commands.ts';

/** A command that was refused says why, by the code of a problem. */
export function refused(t: Test, { code, errors }: CommandResult, problem: ProblemCode): void {
  t.not(code, 0);
  t.match(errors, `[${problem}]`);
}
