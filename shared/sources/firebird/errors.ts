import Firebird from 'node-firebird';
import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import { Fault } from '../../fault.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { sourceError } from '../source-error.ts';

const { GDSCode } = Firebird;

/** Firebird's codes to ours. */
const byCode: ReadonlyMap<number, ProblemCode> = new Map([
  [GDSCode.LOGIN, 'source-login-refused'],
  // No such database, or none that this server can open.
  [GDSCode.IO_ERROR, 'source-unavailable'],
  [GDSCode.BAD_DB_FORMAT, 'source-unavailable'],
  [GDSCode.UNAVAILABLE, 'source-unavailable'],
  // The server ends connections, or refuses them.
  [GDSCode.CONNECT_REJECT, 'source-unavailable'],
  [GDSCode.SHUTDOWN, 'source-unavailable'],
  [GDSCode.ATT_SHUTDOWN, 'source-unavailable'],
  [GDSCode.CONN_LOST, 'source-unavailable'],
  [GDSCode.NETWORK_ERROR, 'source-unavailable'],
  [GDSCode.NET_READ_ERR, 'source-unavailable'],
  [GDSCode.NET_WRITE_ERR, 'source-unavailable'],
  [GDSCode.LOST_DB_CONNECTION, 'source-unavailable'],
  // isc_wirecrypt_incompatible, which the driver's list does not have: client and server want another encryption.
  [335545064, 'source-unavailable'],
  // Somebody holds what is asked for, and we do not wait.
  [GDSCode.DEADLOCK, 'source-timeout'],
  [GDSCode.LOCK_CONFLICT, 'source-timeout'],
  [GDSCode.OBJ_IN_USE, 'source-timeout'],
  [GDSCode.LOCK_TIMEOUT, 'source-timeout'],
  [GDSCode.CONCURRENT_TRANSACTION, 'source-timeout'],
  [GDSCode.CANCELLED, 'source-timeout'],
  [GDSCode.NO_PRIV, 'view-missing'],
  // A value that does not fit or converts to nothing, several rows where one may be, an exception of the state's own.
  [GDSCode.ARITH_EXCEPT, 'view-failing'],
  [GDSCode.CONVERT_ERROR, 'view-failing'],
  [GDSCode.BLOB_CONVERT_ERROR, 'view-failing'],
  [GDSCode.SING_SELECT_ERR, 'view-failing'],
  [GDSCode.EXCEPT, 'view-failing'],
]);

/** The server's own number of an error; undefined when it is none of the server's. */
export function serverCode(error: unknown): number | undefined {
  const { gdscode } = (error ?? {}) as { gdscode?: unknown };
  return typeof gdscode === 'number' ? gdscode : undefined;
}

/** Codes of such; undefined for all that have no code of ours. */
const ofStatement: ReadonlySet<ProblemCode | undefined> = new Set([
  undefined,
  'view-missing',
  'view-failing',
] as const);

/** Whether the server refused the statement itself: it goes on working, and so does the transaction. */
export function isOfStatement(error: unknown): boolean {
  const code = serverCode(error);
  return code !== undefined && ofStatement.has(byCode.get(code));
}

/** Whether the server did not understand a statement: what it names is not there. */
export function isUnknownName(error: unknown): boolean {
  return serverCode(error) === GDSCode.DSQL_ERROR;
}

/** What the driver says in words of its own about a connection: they quote nothing. */
const ownWords =
  /^(?:Connection to Firebird server was lost\.|Connection is closed\.|Server don't accept plugin : [\w, ]+, but support : [\w, ]*)$/;

/**
 * A driver error as ours. The server's message may quote a row's values: what others are told is the number, and
 * `cause` is what may be logged.
 */
export function firebirdError(error: unknown): GuaritaError {
  return sourceError(error, ofDriver);
}

function ofDriver(error: unknown): GuaritaError {
  const code = serverCode(error);
  if (code !== undefined) {
    const detail = `Firebird error ${code}.`;
    return new GuaritaError(byCode.get(code) ?? 'source-failed', detail, { cause: serverFault(code) });
  }
  const words = error instanceof Error && ownWords.test(error.message) ? error.message : undefined;
  // Everything else that the driver throws is about the connection: refused, reset, lost.
  return new GuaritaError('source-unavailable', '', { cause: faultOf(error, words) });
}

/**
 * What may be told of an error of the server: what its number means. Of its message there is no part that could not
 * come from an exception of the state's own, or from a statement that its procedures made.
 */
function serverFault(code: number): Fault {
  const meaning = Object.entries(GDSCode).find(([, known]) => known === code)?.[0];
  return new Fault({ name: 'FirebirdError', code, message: meaning });
}
