import { type LogFn, type Logger, type LoggerOptions, pino } from 'pino';
import { describeError } from './describe-error.ts';
import { escapedJson } from './plain-text.ts';

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
    // Of one line each, and read at a terminal, too.
    hooks: { logMethod: logInOwnWords, streamWrite: escapedJson },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
}

/** JSON lines to standard error: standard output belongs to what a command prints. */
export function createLogger(level: string, name: string): Logger {
  return pino({ ...loggerOptions(level), name }, pino.destination({ dest: 2, sync: true }));
}

/**
 * The message of an error is no text for a line either: pino takes it where none is given, and fastify gives it. What
 * may be told of the error stands there instead.
 */
function logInOwnWords(this: Logger, [first, ...rest]: Parameters<LogFn>, log: LogFn): void {
  const given: unknown = first;
  const fields = given instanceof Error ? { err: given } : ((given ?? {}) as { err?: unknown });
  const { err } = fields;
  const [text] = rest;
  if (!(err instanceof Error) || (text !== undefined && text !== err.message)) {
    return log.apply(this, [first, ...rest]);
  }
  const { message, name } = describeError(err);
  log.apply(this, [fields, message ?? name]);
}
