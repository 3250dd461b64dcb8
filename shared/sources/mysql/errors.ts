import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import { Fault } from '../../fault.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { sourceError } from '../source-error.ts';
import { tlsDetail } from '../sql/tls-detail.ts';

/** Numbers of the server's errors (MySQL's, and those that MariaDB has besides) to our codes. */
const byNumber: ReadonlyMap<number, ProblemCode> = new Map([
  // Host not allowed or blocked after failed logins, wrong password or plugin, no right to the database, account locked or its password expired.
  ...[1129, 1130, 1044, 1045, 1251, 1275, 1524, 1698, 1820, 1862, 3118, 4151].map(
    (number) => [number, 'source-login-refused'] as const,
  ),
  // Too many connections, no such database, shutting down, lost, killed.
  ...[
    1040, 1043, 1049, 1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1317, 1927,
  ].map((number) => [number, 'source-unavailable'] as const),
  // A lock that was not given up in time, the victim of a deadlock, a statement that took too long.
  ...[1205, 1213, 1969, 3024].map((number) => [number, 'source-timeout'] as const),
  // No such view, no SELECT on it, on a column of it; what it is made of is gone, or its owner may not read it.
  ...[1109, 1142, 1143, 1146, 1356, 1370, 1449].map((number) => [number, 'view-missing'] as const),
  // A value that does not fit, several rows where one may be, texts that do not compare, no JSON or XML, a view that
  // writes; what a function of the state's own says (SIGNAL).
  ...[
    1210, 1242, 1264, 1267, 1270, 1292, 1365, 1366, 1406, 1411, 1525, 1644, 1690, 1792, 3140, 3141, 3143,
    4038,
  ].map((number) => [number, 'view-failing'] as const),
]);

/** The number of an error of the server; undefined when it is the driver's or of the connection. */
export function numberOf(error: unknown): number | undefined {
  const { errno, sqlState } = error instanceof Error ? (error as Error & MysqlErrorFields) : {};
  return typeof errno === 'number' && typeof sqlState === 'string' ? errno : undefined;
}

interface MysqlErrorFields {
  readonly errno?: unknown;
  readonly sqlState?: unknown;
  readonly code?: unknown;
  /** The statement that it answers. */
  readonly sql?: unknown;
}

/** What the driver says in words of its own about a connection, by code: they quote nothing. */
const ownWords =
  /^(?:AUTH_|HANDSHAKE_(?:NO_SSL_SUPPORT|SSL_ERROR)$|PROTOCOL_CONNECTION_LOST$|MYSQL_CLEAR_PASSWORD_NOT_ENABLED$)/;

/**
 * A driver error as ours. The server's message may quote a row's values: what others are told is the number, and
 * `cause` is what may be logged.
 */
export function mysqlError(error: unknown): GuaritaError {
  return sourceError(error, ofDriver);
}

function ofDriver(error: unknown): GuaritaError {
  const number = numberOf(error);
  if (number !== undefined) {
    const detail = `MySQL error ${number}.`;
    return new GuaritaError(byNumber.get(number) ?? 'source-failed', detail, {
      cause: serverFault(error as Error),
    });
  }
  // Before the server has said anything: what the two sides have no way of login in common for.
  const { code } = error instanceof Error ? (error as Error & MysqlErrorFields) : {};
  const isLogin = typeof code === 'string' && code.startsWith('AUTH_');
  // Everything else is about the connection: refused, reset, lost, not encrypted.
  return new GuaritaError(isLogin ? 'source-login-refused' : 'source-unavailable', tlsDetail(error), {
    cause: faultOf(error, ownWords.test(String(code)) ? (error as Error).message : undefined),
  });
}

/**
 * What may be told of an error of the server. A function of the state's own may choose number, SQLSTATE and message
 * alike (SIGNAL): only what answers no statement, and so a login, is the server's own in any case.
 */
function serverFault(error: Error & MysqlErrorFields): Fault {
  const { code, errno, sqlState, sql, message } = error;
  return new Fault({
    ...{
      name: 'MysqlError',
      code: typeof code === 'string' ? code : Number(errno),
      sqlState: String(sqlState),
    },
    ...(sql === undefined ? { message } : {}),
  });
}
