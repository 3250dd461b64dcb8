import type { FirebirdTransaction } from './attachment.ts';
import { nameOf } from './catalog.ts';

/** Who may do everything, whatever is granted. A database that is read-only itself leaves nobody anything to do. */
const accountStatement = `
  SELECT CURRENT_USER, CURRENT_ROLE, R.RDB$OWNER_NAME, D.MON$READ_ONLY
    FROM MON$DATABASE D JOIN RDB$RELATIONS R ON R.RDB$RELATION_NAME = 'RDB$DATABASE'`;

/** What belongs to the user: the owner of a table or a procedure may do anything with it. */
const ownedStatement = `
  SELECT FIRST 10 RDB$RELATION_NAME FROM RDB$RELATIONS
   WHERE RDB$OWNER_NAME = CURRENT_USER AND COALESCE(RDB$SYSTEM_FLAG, 0) = 0
   UNION ALL
  SELECT FIRST 10 RDB$PROCEDURE_NAME FROM RDB$PROCEDURES WHERE RDB$OWNER_NAME = CURRENT_USER`;

/**
 * What is granted to the user, to everybody, or to a role that one of them may take on, but for SELECT (S) and
 * membership (M). Rights on the system's own tables are given to everybody by the system, which minds them itself.
 */
const grantedStatement = `
  WITH RECURSIVE WHO AS (
    SELECT CAST(CURRENT_USER AS CHAR(31) CHARACTER SET UNICODE_FSS) AS NAME FROM RDB$DATABASE
    UNION ALL SELECT CAST('PUBLIC' AS CHAR(31) CHARACTER SET UNICODE_FSS) FROM RDB$DATABASE
    UNION ALL
    SELECT P.RDB$RELATION_NAME FROM RDB$USER_PRIVILEGES P JOIN WHO ON P.RDB$USER = WHO.NAME
     WHERE P.RDB$PRIVILEGE = 'M' AND P.RDB$OBJECT_TYPE = 13)
  SELECT FIRST 20 DISTINCT P.RDB$USER, P.RDB$PRIVILEGE, P.RDB$RELATION_NAME
    FROM RDB$USER_PRIVILEGES P JOIN WHO ON P.RDB$USER = WHO.NAME
    LEFT JOIN RDB$RELATIONS R ON R.RDB$RELATION_NAME = P.RDB$RELATION_NAME AND P.RDB$OBJECT_TYPE IN (0, 1)
    LEFT JOIN RDB$GENERATORS G ON G.RDB$GENERATOR_NAME = P.RDB$RELATION_NAME AND P.RDB$OBJECT_TYPE = 14
   WHERE P.RDB$USER_TYPE IN (8, 13)
     AND COALESCE(R.RDB$SYSTEM_FLAG, G.RDB$SYSTEM_FLAG, 0) = 0
     AND (P.RDB$PRIVILEGE IN ('I', 'U', 'D', 'R', 'A', 'X', 'C', 'L', 'O')
       OR (P.RDB$PRIVILEGE = 'G' AND P.RDB$OBJECT_TYPE = 14)
       OR (P.RDB$PRIVILEGE = 'M' AND P.RDB$RELATION_NAME = 'RDB$ADMIN'))`;

/** RDB$PRIVILEGE; C, L and O are of Firebird 3, and then the object is a kind of objects. */
const verbs: Readonly<Record<string, string>> = {
  I: 'insert into',
  U: 'update',
  D: 'delete from',
  R: 'reference',
  A: 'do anything with',
  X: 'execute',
  C: 'create',
  L: 'alter',
  O: 'drop',
  G: 'advance',
  M: 'take on role',
};

/**
 * The reasons why the user could write, at most 40; empty when it cannot. Before Firebird 3 every user may create
 * tables, and no grant says so: docs/decisions/0015-firebird-client.md.
 */
export async function writePrivileges(transaction: FirebirdTransaction): Promise<string[]> {
  const [account = []] = await transaction.rows(accountStatement);
  const [user = '', role = '', owner = ''] = account.slice(0, 3).map(nameOf);
  if (account[3] === 1) return [];
  const reasons: string[] = [];
  if (user === 'SYSDBA') reasons.push('user SYSDBA may do anything');
  if (user === owner) reasons.push(`user ${user} owns the database`);
  if (role === 'RDB$ADMIN') reasons.push('role RDB$ADMIN may do anything');
  for (const [object] of await transaction.rows(ownedStatement)) {
    reasons.push(`user ${user} owns ${nameOf(object)}`);
  }
  for (const [who, privilege, object] of await transaction.rows(grantedStatement)) {
    const verb = verbs[nameOf(privilege)] ?? 'change';
    reasons.push(`${nameOf(who)} may ${verb} ${nameOf(object)}`);
  }
  return reasons;
}
