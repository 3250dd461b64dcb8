import { GuaritaError } from './errors.ts';
import { type Facts, Fault } from './fault.ts';

/**
 * An error for who reads the log, its causes with it. Whose it is decides: ours are told in their own words, a `Fault`
 * by its facts, a failed call of the system as the system tells it. Of any other the words stay untold: a database
 * quotes the values of a row, a parser the text that it was given, V8 and Node what they met (`Cannot create property
 * 'x' on string '…'`). Its name, its code and where it arose are what every error may say.
 */
export function describeError(error: unknown): Facts {
  if (error instanceof Fault) return error.facts;
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { readonly code?: unknown };
  const name = wordOf(error.name) ?? 'Error';
  const beneath = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  if (error instanceof GuaritaError) return { name, code: error.code, message: error.message, ...beneath };
  if (isOfSystem(error)) {
    const { syscall, address, port } = error;
    return { name, code: error.code, message: error.message, syscall, address, port };
  }
  const errors = error instanceof AggregateError ? { errors: error.errors.map(describeError) } : {};
  return { ...{ name, code: codeOf(code), at: placesOf(error) }, ...errors, ...beneath };
}

/**
 * The facts of an error of a library, as a `Fault`.
 * @param words its message, where who knows the library knows that it can quote nothing
 */
export function faultOf(error: unknown, words?: string): Fault {
  if (error instanceof Fault) return error;
  return new Fault({ ...describeError(error), ...(words === undefined ? {} : { message: words }) });
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
}

/** Whether it is Node's own about a call of the system, or about whose certificate the other side showed. */
function isOfSystem(error: Error): error is SystemError {
  const { code, errno, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return true;
  // Databases have numbers, too; the system's are negative.
  return typeof syscall === 'string' && typeof code === 'string' && (errno ?? 0) < 0;
}

function codeOf(code: unknown): string | number | undefined {
  return typeof code === 'number' ? code : wordOf(code);
}

/** A name as programs have them; undefined for any other text. */
function wordOf(text: unknown): string | undefined {
  return typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? text : undefined;
}

const mostPlaces = 10;

/** The places alone: a stack begins with the message, which may have lines of its own. */
function placesOf({ message, stack }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const begin = stack.indexOf(message);
  // Its message was changed since: what the stack begins with is not known.
  if (begin === -1) return [];
  const places = stack.slice(begin + message.length).matchAll(/^ {4}(at .+:\d+:\d+\)?)$/gm);
  return Array.from(places, ([, place = '']) => place).slice(0, mostPlaces);
}
