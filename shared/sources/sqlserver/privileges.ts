import type { SqlServerConnection } from './connections.ts';

/**
 * What a user may be allowed without being able to change anything. All else is a reason: a permission that a later
 * version brings is not known to be harmless.
 */
const harmless = {
  server: [
    ...['CONNECT SQL', 'CONNECT ANY DATABASE', 'SELECT ALL USER SECURABLES', 'VIEW ANY DATABASE'],
    ...['VIEW ANY DEFINITION', 'VIEW ANY SECURITY DEFINITION', 'VIEW ANY PERFORMANCE DEFINITION'],
    ...['VIEW ANY CRYPTOGRAPHICALLY SECURED DEFINITION', 'VIEW ANY ERROR LOG', 'VIEW SERVER STATE'],
    ...['VIEW SERVER SECURITY STATE', 'VIEW SERVER PERFORMANCE STATE', 'VIEW SERVER SECURITY AUDIT'],
  ],
  database: [
    ...['CONNECT', 'SELECT', 'SHOWPLAN', 'UNMASK', 'VIEW DEFINITION', 'VIEW DATABASE STATE'],
    ...['VIEW ANY COLUMN ENCRYPTION KEY DEFINITION', 'VIEW ANY COLUMN MASTER KEY DEFINITION'],
    ...['VIEW SECURITY DEFINITION', 'VIEW PERFORMANCE DEFINITION', 'VIEW ANY SENSITIVITY CLASSIFICATION'],
    ...['VIEW CRYPTOGRAPHICALLY SECURED DEFINITION', 'VIEW DATABASE SECURITY STATE'],
    ...['VIEW DATABASE PERFORMANCE STATE', 'VIEW DATABASE SECURITY AUDIT', 'VIEW LEDGER CONTENT'],
  ],
  schema: ['SELECT', 'UNMASK', 'VIEW DEFINITION', 'VIEW CHANGE TRACKING'],
  object: ['SELECT', 'UNMASK', 'VIEW DEFINITION', 'VIEW CHANGE TRACKING'],
  principal: ['VIEW DEFINITION'],
} as const;

const quoted = (names: readonly string[]) => names.map((name) => `N'${name}'`).join(', ');

/** A SELECT of reasons; `securable` is SQL for its quoted name. */
function held(
  level: keyof typeof harmless,
  { where, securable, kind, from }: { where: string; securable: string; kind: string; from: string },
): string {
  return `
    SELECT TOP (20) ${where} + N': ' + p.permission_name COLLATE DATABASE_DEFAULT AS reason
      FROM ${from} sys.fn_my_permissions(${securable}, N'${kind}') AS p
     WHERE p.permission_name COLLATE DATABASE_DEFAULT NOT IN (${quoted(harmless[level])})`;
}

const objectName = "QUOTENAME(SCHEMA_NAME(o.schema_id)) + N'.' + QUOTENAME(o.name)";

/**
 * Each way in which this user, the roles that it is in among them, could change the state's data: the permissions that
 * the server itself works out to be in effect, of the server, the database, and every schema, object, user, role and
 * login that the user sees; whatever it holds any permission on it sees, without any further right. Functions that
 * return a value are harmless to execute: they can change nothing.
 */
const statements: readonly string[] = [
  `SELECT N'server role ' + r.name AS reason
     FROM (VALUES (N'sysadmin'), (N'serveradmin'), (N'securityadmin'), (N'dbcreator'), (N'bulkadmin')) AS r (name)
    WHERE IS_SRVROLEMEMBER(r.name) = 1`,
  `SELECT N'role ' + r.name AS reason
     FROM (VALUES (N'db_owner'), (N'db_datawriter'), (N'db_ddladmin'), (N'db_securityadmin'), (N'db_accessadmin'),
                  (N'db_backupoperator')) AS r (name)
    WHERE IS_ROLEMEMBER(r.name) = 1`,
  held('server', { where: "N'server'", securable: 'NULL', kind: 'SERVER', from: '' }),
  held('database', {
    ...{ where: "N'database ' + QUOTENAME(DB_NAME())", securable: 'NULL', kind: 'DATABASE', from: '' },
  }),
  held('schema', {
    where: "N'schema ' + QUOTENAME(s.name)",
    securable: 'QUOTENAME(s.name)',
    kind: 'SCHEMA',
    from: 'sys.schemas AS s CROSS APPLY',
  }),
  `${held('object', {
    where: `o.type_desc COLLATE DATABASE_DEFAULT + N' ' + ${objectName}`,
    securable: objectName,
    kind: 'OBJECT',
    from: 'sys.objects AS o CROSS APPLY',
  })}
       AND o.is_ms_shipped = 0 AND o.parent_object_id = 0
       AND NOT (o.type = 'FN' AND p.permission_name COLLATE DATABASE_DEFAULT = N'EXECUTE')`,
  `${held('principal', {
    where: "N'user ' + QUOTENAME(u.name)",
    securable: 'QUOTENAME(u.name)',
    kind: 'USER',
    from: 'sys.database_principals AS u CROSS APPLY',
  })}
       AND u.type IN ('S', 'U', 'E') AND u.principal_id <> USER_ID()`,
  `${held('principal', {
    where: "N'role ' + QUOTENAME(u.name)",
    securable: 'QUOTENAME(u.name)',
    kind: 'ROLE',
    from: 'sys.database_principals AS u CROSS APPLY',
  })}
       AND u.type = 'R'`,
  `${held('principal', {
    where: "N'login ' + QUOTENAME(l.name)",
    securable: 'QUOTENAME(l.name)',
    kind: 'LOGIN',
    from: 'sys.server_principals AS l CROSS APPLY',
  })}
       AND l.type IN ('S', 'U', 'E') AND l.sid <> SUSER_SID()`,
];

/** Azure SQL Database has no server of its own, and no logins to be seen. */
const ofServers = /SRVROLEMEMBER|N'SERVER'|server_principals/;

/** For tests of the statements. */
export function privilegeStatements(hasServer: boolean): readonly string[] {
  return hasServer ? statements : statements.filter((statement) => !ofServers.test(statement));
}

const mostReasons = 20;

/** The reasons why the user could write, at most 20; empty when it cannot. */
export async function writePrivileges(
  connection: SqlServerConnection,
  { hasServer, milliseconds }: { readonly hasServer: boolean; readonly milliseconds: number },
): Promise<string[]> {
  const reasons: string[] = [];
  for (const statement of privilegeStatements(hasServer)) {
    const rows = await connection.rows(statement, milliseconds);
    reasons.push(...rows.map(([reason]) => String(reason)));
  }
  return reasons.slice(0, mostReasons);
}
