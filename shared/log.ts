import type { DatabaseError } from 'pg';
import { pino, type Logger, type LoggerOptions } from 'pino';
import { GuaritaError } from './errors.ts';

export type { Logger } from 'pino';

/** Headers and options that must never be seen in a log, wherever an object carries them. */
const redacted = ['authorization', 'password', 'signature', 'grant'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `headers["${name}"]`,
]);

export const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export function loggerOptions(level: string): LoggerOptions {
  return {
    level,
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: { err: describeError, error: describeError },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
}

/** JSON lines to standard error: standard output belongs to what a command prints. */
export function createLogger(level: string, name: string): Logger {
  return pino({ ...loggerOptions(level), name }, pino.destination({ dest: 2, sync: true }));
}

/** SQLSTATE classes about connections, logins, names, resources, locks and the server itself, never about values. */
const telling = /^(?:08|28|3D|42|53|55|57|XX)/;

/** A digit tells it from the codes of the system, such as EPIPE. */
const sqlState = /^(?=.*\d)[0-9A-Z]{5}$/;

/**
 * An error of a PostgreSQL server, whose code a function of the state's own may choose. Known by what the server always
 * sends: its class would bring all of `pg`, 8 MB, into an agent that reads another engine.
 */
function isOfPostgres(error: Error): boolean {
  return typeof (error as Partial<DatabaseError>).severity === 'string';
}

/**
 * An error for the log, its causes with it; the logger applies it to `err`. A database's message may quote the values
 * of a row, when the data are at fault or when a function of the state's own raises it: outside of the classes that
 * never do, whichever driver reports them, only the code is logged.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  if (isOfPostgres(error) || sqlState.test(code ?? '')) {
    const { table, column, constraint } = error as Partial<DatabaseError>;
    const message = telling.test(code ?? '') ? { message: error.message } : {};
    return { name: 'DatabaseError', code, ...message, table, column, constraint };
  }
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  const stack = error instanceof GuaritaError ? {} : { stack: error.stack };
  return { name: error.name, code, message: error.message, ...stack, ...cause };
}
