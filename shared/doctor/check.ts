import { toldOf } from '../explain.ts';
import type { Health } from './health.ts';

/**
 * One thing that was looked at: how it is, and what to do next where it is not well. Texts are in Portuguese.
 * @typeParam Name what may be looked at; programs rely on these names
 */
export interface Check<Name extends string = string> {
  readonly check: Name;
  /** Which one, such as `AL` or `custodiado`; null where there is only one. */
  readonly subject: string | null;
  /** `unchecked`: not looked at, because of what another check found. */
  readonly health: Health | 'unchecked';
  readonly message: string;
  readonly next: string | null;
}

export function ok<Name extends string>(check: Name, subject: string | null, message: string): Check<Name> {
  return { check, subject, health: 'ok', message, next: null };
}

export function trouble<Name extends string>(
  check: Name,
  subject: string | null,
  health: Exclude<Health, 'ok'>,
  message: string,
  next: string,
): Check<Name> {
  return { check, subject, health, message, next };
}

/** A check that was not made, because another one failed on which it depends. @param because what people read for that one */
export function unchecked<Name extends string>(
  check: Name,
  subject: string | null,
  because: string,
): Check<Name> {
  const message = `não verificado (depende de: ${because})`;
  return { check, subject, health: 'unchecked', message, next: null };
}

/** An error of the catalogue as a check; any other is `internal`. */
export function failed<Name extends string>(
  check: Name,
  subject: string | null,
  error: unknown,
): Check<Name> {
  const { code, title, detail, beneath, hint } = toldOf(error);
  const said = [title, detail, ...beneath.map((line) => line.trim())].filter((part) => part !== '').join(' ');
  return trouble(check, subject, 'critical', `${said} [${code}]`, hint);
}
