import { inspect } from 'node:util';
import mssql from 'mssql';
import { DatabaseError } from 'pg';
import type { Test } from 'tap';
import { baseError } from '../../../central/base/errors.ts';
import { describeError } from '../../../shared/describe-error.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { firebirdError } from '../../../shared/sources/firebird/errors.ts';
import { mysqlError } from '../../../shared/sources/mysql/errors.ts';
import { postgresError } from '../../../shared/sources/postgres/errors.ts';
import { sqlServerError } from '../../../shared/sources/sqlserver/errors.ts';

// Invariant 10: errors as the drivers give them, and what becomes of them. `inspect` sees what anybody could print.

const engines = { postgresError, mysqlError, sqlServerError, firebirdError, baseError };

const raw = (message: string, fields: object) => Object.assign(new Error(message), fields);

function everythingOf(error: unknown): string {
  return inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(describeError(error));
}

function ofPostgres(message: string, fields: object): Error {
  return Object.assign(new DatabaseError(message, message.length, 'error'), { severity: 'ERROR', ...fields });
}

function ofSqlServer(message: string, number: number): Error {
  const info = { number, state: 1, class: 16, serverName: '', procName: '', lineNumber: 1 };
  const error = new mssql.RequestError(raw(message, { info, code: 'EREQUEST' }), 'EREQUEST');
  return Object.assign(error, { precedingErrors: [raw(message, {})] });
}

/** Errors as the drivers make them, without a server. */
export async function errorsOfDrivers(t: Test): Promise<void> {
  void t.test('an error that quotes a row: code and number are kept, the row is not', (t) => {
    const name = 'JOSE DA SILVA';
    const quoting: readonly (readonly [what: string, error: GuaritaError, cause: object])[] = [
      [
        'MySQL, a value',
        mysqlError(
          raw(`Incorrect DECIMAL value: '${name}' for column 'cpf' at row 1`, {
            ...{ code: 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', errno: 1366, sqlState: '22007' },
            ...{ sqlMessage: name, sql: `SELECT '${name}'` },
          }),
        ),
        { code: 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', sqlState: '22007' },
      ],
      [
        'MySQL, SIGNAL in a function, by a number of the server’s own',
        mysqlError(
          raw(name, { ...{ code: 'ER_ACCESS_DENIED_ERROR', errno: 1045, sqlState: '28000' }, sql: 'SELECT' }),
        ),
        { code: 'ER_ACCESS_DENIED_ERROR', sqlState: '28000' },
      ],
      [
        'SQL Server, a value',
        sqlServerError(ofSqlServer(`Conversion failed: '${name}'`, 245)),
        { code: 245 },
      ],
      ['SQL Server, THROW', sqlServerError(ofSqlServer(name, 50_001)), { code: 50_001 }],
      ['SQL Server, RAISERROR of a login', sqlServerError(ofSqlServer(name, 18_456)), { code: 18_456 }],
      [
        'Firebird',
        firebirdError(
          raw(`conversion error from string "${name}"`, { gdscode: 335544334, gdsparams: [name] }),
        ),
        { code: 335544334, message: 'CONVERT_ERROR' },
      ],
      [
        'PostgreSQL, a value',
        postgresError(ofPostgres(`invalid input syntax for type integer: "${name}"`, { code: '22P02' })),
        { code: '22P02' },
      ],
      [
        'PostgreSQL, RAISE by a code of the server’s own',
        postgresError(
          ofPostgres(name, {
            ...{ code: '42P01', position: '1', table: name, column: name, constraint: name },
            where: 'PL/pgSQL function f(text) line 1 at RAISE',
          }),
        ),
        { code: '42P01' },
      ],
      [
        'PostgreSQL, a name out of a row',
        postgresError(ofPostgres(`relation "${name}" does not exist`, { code: '42P01' })),
        { code: '42P01' },
      ],
      [
        'PostgreSQL, an extension',
        postgresError(ofPostgres(`unknown GeoJSON type: ${name}`, { code: 'XX000' })),
        { code: 'XX000' },
      ],
      [
        'the base, a line of COPY',
        baseError(
          ofPostgres('null value in column "nome" of relation "x" violates not-null constraint', {
            ...{ code: '23502', table: 'x', column: 'nome', detail: `Failing row contains (${name}).` },
            where: `COPY x, line 1: "${name}"`,
          }),
        ),
        { code: '23502', table: 'x', column: 'nome' },
      ],
    ];
    for (const [what, error, cause] of quoting) {
      t.notMatch(everythingOf(error), name, what);
      t.match(describeError(error), { cause }, what);
    }
    t.end();
  });

  void t.test('what is provably of no row keeps the words of the server', (t) => {
    const telling: readonly (readonly [what: string, error: GuaritaError, message: string])[] = [
      [
        'MySQL, in answer to no statement',
        mysqlError(
          raw(`Access denied for user 'leitura'@'10.0.0.1'`, {
            ...{ code: 'ER_ACCESS_DENIED_ERROR', errno: 1045, sqlState: '28000', sql: undefined },
          }),
        ),
        `Access denied for user 'leitura'@'10.0.0.1'`,
      ],
      [
        'SQL Server, a view',
        sqlServerError(ofSqlServer(`Invalid object name 'x'.`, 208)),
        `Invalid object name 'x'.`,
      ],
      [
        'SQL Server, a connection',
        sqlServerError(
          new mssql.ConnectionError('Failed to connect to db:1433 - connect ECONNREFUSED', 'ESOCKET'),
        ),
        'Failed to connect to db:1433 - connect ECONNREFUSED',
      ],
      [
        'PostgreSQL, a login',
        postgresError(ofPostgres('password authentication failed for user "leitura"', { code: '28P01' })),
        'password authentication failed for user "leitura"',
      ],
      [
        'PostgreSQL, a name of the statement',
        postgresError(ofPostgres('relation "pesoa" does not exist', { code: '42P01', position: '15' })),
        'relation "pesoa" does not exist',
      ],
      [
        'PostgreSQL, a privilege',
        postgresError(ofPostgres('permission denied for view pessoa', { code: '42501' })),
        'permission denied for view pessoa',
      ],
      [
        'pg',
        postgresError(new Error('Connection terminated unexpectedly')),
        'Connection terminated unexpectedly',
      ],
      ['pg, at the base', baseError(new Error('timeout expired')), 'timeout expired'],
      [
        'mysql2',
        mysqlError(
          raw('Server does not support secure connection', { code: 'HANDSHAKE_NO_SSL_SUPPORT', fatal: true }),
        ),
        'Server does not support secure connection',
      ],
      [
        'tedious',
        sqlServerError(new mssql.RequestError('Connection lost - read ECONNRESET', 'ESOCKET')),
        'Connection lost - read ECONNRESET',
      ],
      ['node-firebird', firebirdError(new Error('Connection is closed.')), 'Connection is closed.'],
    ];
    for (const [what, error, message] of telling) t.match(describeError(error), { cause: { message } }, what);
    t.end();
  });

  void t.test('MySQL: a host that is blocked after logins that failed', (t) => {
    const blocked = raw(`Host '10.0.0.1' is blocked`, { code: 'ER_X', errno: 1129, sqlState: 'HY000' });
    t.equal(mysqlError(blocked).code, 'source-login-refused');
    t.end();
  });

  void t.test('every engine: what no server said', (t) => {
    const secret = 'JOSE DA SILVA';
    for (const [engine, errorOf] of Object.entries(engines)) {
      const ours = new GuaritaError('view-unknown');
      t.equal(errorOf(ours), ours, `${engine}: what is ours stays`);
      const plain = errorOf(
        raw(secret, { sql: secret, originalError: new Error(secret), cause: new Error(secret) }),
      );
      t.notMatch(everythingOf(plain), secret, `${engine}: a plain error of the driver`);
      const refused = raw('connect ECONNREFUSED 10.0.0.1:5432', {
        ...{
          code: 'ECONNREFUSED',
          errno: -111,
          syscall: 'connect',
          address: '10.0.0.1',
          port: 5432,
          fatal: true,
        },
      });
      t.match(
        describeError(errorOf(refused)),
        { cause: { code: 'ECONNREFUSED', address: '10.0.0.1', port: 5432, message: /10\.0\.0\.1:5432/ } },
        `${engine}: where to, and why not`,
      );
    }
    t.end();
  });

  void t.test('every engine of a state: a signal that ended an answer', (t) => {
    const { baseError: _, ...ofStates } = engines;
    for (const [engine, errorOf] of Object.entries(ofStates)) {
      const late = errorOf(new DOMException('too late', 'TimeoutError'));
      t.match(
        describeError(late),
        { code: 'source-timeout', cause: { name: 'TimeoutError', message: 'too late' } },
        engine,
      );
      t.equal(errorOf(new DOMException('gone', 'AbortError')).code, 'request-abandoned', engine);
    }
    t.end();
  });
}
