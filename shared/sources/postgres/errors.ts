import { DatabaseError } from 'pg';
import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { wordsOfDriver } from '../postgres-client/driver-words.ts';
import { postgresFault } from '../postgres-client/fault.ts';
import { sourceError } from '../source-error.ts';
import { tlsDetail } from '../sql/tls-detail.ts';

/** SQLSTATE classes and codes of PostgreSQL (its manual, appendix A) to our codes. */
const byState: readonly (readonly [prefix: string, code: ProblemCode])[] = [
  ['28', 'source-login-refused'],
  ['08', 'source-unavailable'],
  ['57P', 'source-unavailable'],
  ['53', 'source-unavailable'],
  ['3D', 'source-unavailable'],
  ['57014', 'source-timeout'],
  ['55P03', 'source-timeout'],
  ['25P03', 'source-timeout'],
  ['42501', 'view-missing'],
  ['42P01', 'view-missing'],
  // Of a value, of several rows where one may be, of a function of the state's own, of a view that writes.
  ...['21', '22', '25006', '2F', '38', '39', 'P0'].map((prefix) => [prefix, 'view-failing'] as const),
];

/**
 * A driver error as ours. The database's message may quote a row's values: what others are told is the SQLSTATE, and
 * `cause` is what may be logged.
 */
export function postgresError(error: unknown): GuaritaError {
  return sourceError(error, ofDriver);
}

function ofDriver(error: unknown): GuaritaError {
  if (error instanceof DatabaseError && error.code !== undefined) {
    const state = error.code;
    const code = byState.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 'source-failed';
    return new GuaritaError(code, `SQLSTATE ${state}.`, { cause: postgresFault(error) });
  }
  const cause = faultOf(error, wordsOfDriver(error));
  // The driver's own, before it asks the server: a login that needs a password, and none is configured.
  if (error instanceof Error && error.message.startsWith('SASL')) {
    return new GuaritaError('source-login-refused', '', { cause });
  }
  // Everything else that the driver throws is about the connection: refused, reset, ended, timed out.
  return new GuaritaError('source-unavailable', tlsDetail(error), { cause });
}
