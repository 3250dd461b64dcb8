import { describeError } from './describe-error.ts';
import { asGuaritaError } from './errors.ts';
import type { Facts } from './fault.ts';
import { type ProblemCode, problemOf } from './problems/catalogue.ts';

/** What a person is told of an error. Texts are in Portuguese. */
export interface Told {
  readonly code: ProblemCode;
  readonly title: string;
  /** Which thing; empty when the title says all. */
  readonly detail: string;
  /** What may be told of the error beneath, a line each, where the hint would else name a log. */
  readonly beneath: readonly string[];
  readonly hint: string;
}

/** A command writes no log: of an error that it met itself it says what a log would have. */
export function toldOf(error: unknown): Told {
  const known = asGuaritaError(error);
  const { code, detail, cause, elsewhere } = known;
  const { title, hint, hintHere } = problemOf(code).pt;
  if (elsewhere || hintHere === undefined) return { code, title, detail, beneath: [], hint };
  const facts = cause === undefined ? undefined : describeError(cause);
  return { code, title, detail, beneath: linesOf(facts, code === 'internal'), hint: hintHere };
}

/** Any error as people read it: what happened, to which thing, what to do next. */
export function explain(error: unknown): string {
  const { code, title, detail, beneath, hint } = toldOf(error);
  const said = [...(detail === '' ? [] : [detail]), ...beneath].map((line) => `\n  ${line}`).join('');
  return `✗ ${title}${said}\n  → ${hint}\n  [${code}]`;
}

/** @param unforeseen also tells what it is called and where it arose: of any other, the detail has its number */
function linesOf(facts: Facts | undefined, unforeseen: boolean): string[] {
  if (facts === undefined) return [];
  const { name, code, message, table, column, constraint, at = [], cause } = facts;
  const known = [message, ...named({ tabela: table, coluna: column, restrição: constraint })];
  const parts = (unforeseen ? [name, code, ...known] : known).filter((part) => part !== undefined);
  const line = parts.length === 0 ? [] : [parts.join(' ')];
  return [...line, ...(unforeseen ? at.map((place) => `  ${place}`) : []), ...linesOf(cause, unforeseen)];
}

function named(names: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(names).flatMap(([what, name]) => (name === undefined ? [] : [`${what} "${name}"`]));
}
