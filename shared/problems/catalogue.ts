import { accessProblems } from './access.ts';
import { agreementProblems } from './agreement.ts';
import { apiProblems } from './api.ts';
import { centralProblems } from './central.ts';
import { consoleProblems } from './console.ts';
import { consoleRunningProblems } from './console-running.ts';
import { enrolmentProblems } from './enrolment.ts';
import { installationProblems } from './installation.ts';
import { linkageProblems } from './linkage.ts';
import { baseProblems } from './national-base.ts';
import type { Problem } from './problem.ts';
import { programProblems } from './program.ts';
import { requestProblems } from './request.ts';
import { sourceProblems } from './source.ts';

/** Every error that Guarita can report, by code: one file an area under `problems/`. */
export const problems = {
  ...accessProblems,
  ...requestProblems,
  ...sourceProblems,
  ...apiProblems,
  ...programProblems,
  ...centralProblems,
  ...baseProblems,
  ...linkageProblems,
  ...consoleProblems,
  ...consoleRunningProblems,
  ...agreementProblems,
  ...enrolmentProblems,
  ...installationProblems,
} as const;

export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

export function problemOf(code: ProblemCode): Problem {
  return problems[code];
}

export const problemTypePrefix = 'urn:guarita:problem:';

/** The `type` of a problem document (RFC 9457 section 3.1.1). */
export function problemType(code: ProblemCode): string {
  return problemTypePrefix + code;
}

/** The code that a problem document's `type` names, or undefined when this version does not know it. */
export function codeOfType(type: string): ProblemCode | undefined {
  const code = type.startsWith(problemTypePrefix) ? type.slice(problemTypePrefix.length) : '';
  return isProblemCode(code) ? code : undefined;
}
