import type { EventEmitter } from 'node:events';

/** An error as the server told of it. */
export interface ServerError {
  readonly number: number;
  readonly message: string;
}

/** By the driver's own error, which has of all these the last one's text alone (ELOGIN). */
const byError = new WeakMap<Error, ServerError>();

/** "Login failed for user": what the server adds to every other reason, and its only answer to a wrong password. */
const loginFailed = 18_456;

/**
 * Remembers by which number a login fails. Takes a connection of tedious that is about to be made (`beforeConnect` of
 * mssql).
 */
export function noteLoginErrors(connection: EventEmitter): void {
  const told: ServerError[] = [];
  const note = (error: ServerError) => void told.push(error);
  connection.on('errorMessage', note);
  connection.once('connect', (error?: Error) => {
    // From now on what the server says is of a statement, whose error has its number.
    connection.off('errorMessage', note);
    const reason = told.find(({ number }) => number !== loginFailed) ?? told[0];
    if (error !== undefined && reason !== undefined) byError.set(error, reason);
  });
}

/** What the server answered a login with; null for any other error. @param error as mssql throws it */
export function loginErrorOf(error: unknown): ServerError | null {
  const { originalError } = (error ?? {}) as { readonly originalError?: unknown };
  return originalError instanceof Error ? (byError.get(originalError) ?? null) : null;
}
