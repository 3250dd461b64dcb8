import mssql from 'mssql';
import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import { Fault } from '../../fault.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { sourceError } from '../source-error.ts';
import { loginErrorOf, type ServerError } from './login-errors.ts';

/** Numbers of SQL Server's errors (`sys.messages`) to our codes; every other one is `source-failed`. */
const byNumber: ReadonlyMap<number, ProblemCode> = new Map([
  // The login: refused, of an untrusted domain, disabled, locked out, its password expired; no right to connect.
  ...[18452, 18456, 18470, 18486, 18487, 18488, 17892, 916].map((n) => [n, 'source-login-refused'] as const),
  // The database: not there or not open to the login (which the server does not tell apart), offline, suspect, being
  // restored or recovered, in use by one alone, in transition, not readable on this replica.
  ...[4060, 4064, 911, 922, 924, 926, 927, 942, 945, 952, 954, 976, 978, 983, 4221].map(
    (n) => [n, 'source-unavailable'] as const,
  ),
  // The server: shutting down, paused, being upgraded, for administrators only, out of connections, memory or workers.
  ...[6005, 17142, 18401, 18451, 18461, 17809, 701, 802, 8645, 8651].map(
    (n) => [n, 'source-unavailable'] as const,
  ),
  // Azure SQL: what passes, as its manual says.
  ...[10928, 10929, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920].map(
    (n) => [n, 'source-unavailable'] as const,
  ),
  // Versions of rows: no room for them, or the snapshot met a change of schema.
  ...[3958, 3961, 3966, 3967].map((n) => [n, 'source-unavailable'] as const),
  // A lock that was not given up in time, the victim of a deadlock, a wait for memory.
  ...[1222, 1205, 8628].map((n) => [n, 'source-timeout'] as const),
  // The view: not there, not to be read, in whole or a column of it; what it is made of is gone.
  ...[208, 229, 230, 4413, 4502].map((n) => [n, 'view-missing'] as const),
  // A value: too large for its type or no value of it, no date, several where one may be, divided by zero, no XML, no JSON.
  ...[220, 232, 241, 242, 244, 245, 248, 295, 296, 298, 468, 512, 517, 535, 8114, 8115, 8134, 8152, 2628].map(
    (n) => [n, 'view-failing'] as const,
  ),
  ...[9400, 9402, 9413, 9420, 9436, 13609].map((n) => [n, 'view-failing'] as const),
]);

/** What the driver (mssql, tedious, tarn) met before the server said anything; its codes begin with E. */
function codeOfDriver(error: unknown): ProblemCode {
  const { code, name } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  // Of the pool: no connection became free, or could be made, in time.
  if (name === 'TimeoutError') return 'source-unavailable';
  if (typeof code !== 'string' || !code.startsWith('E')) return 'source-failed';
  if (code === 'ELOGIN') return 'source-login-refused';
  // A statement that was not done in time; a connection that was not is one that cannot be had.
  if (code === 'ETIMEOUT' && name === 'RequestError') return 'source-timeout';
  // Everything else is about the connection: refused, reset, closed, not encrypted.
  return 'source-unavailable';
}

/** Our code for a number of SQL Server's errors; undefined for one of no code of its own. */
export function codeOf(number: number): ProblemCode | undefined {
  return byNumber.get(number);
}

/** The number of the server's error that lies beneath an error of the driver; null when it is none. */
export function numberOf(error: unknown): number | null {
  const { number } = error instanceof Error ? (error as Error & { number?: unknown }) : {};
  return typeof number === 'number' ? number : null;
}

/** Numbers below are the server's own: RAISERROR and THROW can choose none of them (its error 2732). */
const firstToRaise = 13_000;

/** What the driver says in words of its own about a request: they quote nothing. */
const ownWords =
  /^(?:Connection lost - [\w ]+|Connection closed before request completed\.|Timeout: Request failed to complete in \d+ms|Canceled\.)$/;

/**
 * A driver error as ours. The server's message may quote a row's values: what others are told is its number, and
 * `cause` is what may be logged.
 */
export function sqlServerError(error: unknown): GuaritaError {
  return sourceError(error, ofDriver);
}

function ofDriver(error: unknown): GuaritaError {
  const login = loginErrorOf(error);
  if (login !== null) return refusal(login);
  const number = numberOf(error);
  if (number !== null) {
    const code = byNumber.get(number) ?? 'source-failed';
    return new GuaritaError(code, `SQL Server error ${number}.`, {
      cause: serverFault(number, error as Error),
    });
  }
  return new GuaritaError(codeOfDriver(error), '', { cause: faultOf(error, wordsOfDriver(error)) });
}

/** Nobody's function runs before the login, but for a trigger of the server's administrator: its words are told. */
function refusal({ number, message }: ServerError): GuaritaError {
  return new GuaritaError(byNumber.get(number) ?? 'source-login-refused', `SQL Server error ${number}.`, {
    cause: new Fault({ name: 'SqlServerError', code: number, message }),
  });
}

/**
 * What may be told of an error of the server: its message where the number is one that we know, that nobody may raise,
 * and that is not about a value.
 */
function serverFault(number: number, { message }: Error): Fault {
  const known = byNumber.get(number);
  const isTelling = known !== undefined && known !== 'view-failing' && number < firstToRaise;
  return new Fault({ name: 'SqlServerError', code: number, ...(isTelling ? { message } : {}) });
}

/** Of a connection that could not be made the driver tells where to, and why: nothing was read on it. */
function wordsOfDriver(error: unknown): string | undefined {
  if (error instanceof mssql.ConnectionError) return error.message;
  return error instanceof Error && ownWords.test(error.message) ? error.message : undefined;
}
