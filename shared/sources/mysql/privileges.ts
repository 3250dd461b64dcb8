import { isMariaDb } from './begin.ts';
import type { MysqlTransaction } from './connections.ts';
import { numberOf } from './errors.ts';
import { quoteIdentifier } from './literals.ts';

/** Privileges with which nothing can be changed, on either product; any other is a reason. */
const harmless: ReadonlySet<string> = new Set([
  ...['USAGE', 'SELECT', 'SHOW VIEW', 'SHOW DATABASES', 'SHOW CREATE ROUTINE', 'PROCESS', 'SHOW_ROUTINE'],
  ...['REPLICATION CLIENT', 'BINLOG MONITOR', 'REPLICA MONITOR', 'SLAVE MONITOR', 'REPLICATION MASTER ADMIN'],
]);

/**
 * Each way in which this user, or a role that it may take on by SET ROLE, could change the state's data or stand in
 * the way of those who do (LOCK TABLES). EXECUTE is one: routines run with the rights of who made them.
 */
export async function writePrivileges(transaction: MysqlTransaction): Promise<string[]> {
  const [[version] = []] = await transaction.rows('SELECT VERSION()');
  const grants = isMariaDb(version) ? await mariaDbGrants(transaction) : await mysqlGrants(transaction);
  return [...new Set(grants.flatMap(reasonsIn))].slice(0, 20);
}

/** What a role has, its user sees only once it has taken it on; PUBLIC is a role of everybody, from 10.11 on. */
async function mariaDbGrants(transaction: MysqlTransaction): Promise<string[]> {
  const [[current = null] = []] = await transaction.rows('SELECT CURRENT_ROLE()');
  const own = await shown(transaction, 'SHOW GRANTS');
  const roles = await transaction.rows('SELECT ROLE_NAME FROM information_schema.APPLICABLE_ROLES');
  for (const [role] of roles) {
    // One that is granted to another role cannot be taken on by itself, and is shown with that one.
    if (!(await isDone(transaction, `SET ROLE ${quoteIdentifier(role ?? '')}`, [1959]))) continue;
    own.push(...(await shown(transaction, 'SHOW GRANTS')));
  }
  await transaction.rows(`SET ROLE ${current === null ? 'NONE' : quoteIdentifier(current)}`);
  return [...own, ...(await shown(transaction, 'SHOW GRANTS FOR PUBLIC'))];
}

/** MySQL has roles from 8.0 on, and says from 8.0.19 on which ones may be taken on. */
async function mysqlGrants(transaction: MysqlTransaction): Promise<string[]> {
  const statement = 'SELECT ROLE_NAME, ROLE_HOST FROM information_schema.APPLICABLE_ROLES';
  const hasRoles = await isDone(transaction, `${statement} LIMIT 0`, [1109]);
  const roles = hasRoles ? await transaction.rows(statement) : [];
  const names = roles.map((role) => role.map((part) => quoteIdentifier(part ?? '')).join('@'));
  const using = names.length === 0 ? '' : ` USING ${names.join(', ')}`;
  return shown(transaction, `SHOW GRANTS FOR CURRENT_USER()${using}`);
}

/** The lines of a SHOW GRANTS; none where there is no such holder (1064, 1133), or it has nothing (1141). */
async function shown(transaction: MysqlTransaction, statement: string): Promise<string[]> {
  if (!(await isDone(transaction, statement, [1064, 1133, 1141]))) return [];
  return (await transaction.rows(statement)).map(([grant]) => grant ?? '');
}

/** Runs a statement; false when the server refuses it with one of these errors. */
async function isDone(
  transaction: MysqlTransaction,
  statement: string,
  refusals: readonly number[],
): Promise<boolean> {
  try {
    await transaction.rows(statement);
    return true;
  } catch (error) {
    if (refusals.includes(numberOf(error) ?? 0)) return false;
    throw error;
  }
}

/** What a line of SHOW GRANTS gives beyond reading, as sentences. */
export function reasonsIn(grant: string): string[] {
  const quoted: string[] = [];
  // Names may hold anything, ` ON ` and commas too: they are put aside first.
  const bare = grant.replace(/`(?:[^`]|``)*`|'(?:[^'\\]|\\.|'')*'|"(?:[^"]|"")*"/gs, (name) => {
    quoted.push(name);
    return `{${quoted.length - 1}}`;
  });
  const full = (text: string) =>
    text.replace(/\{(\d+)\}/g, (_, index: string) => quoted[Number(index)] ?? '');
  if (!/^GRANT\b/i.test(bare)) return [];
  const [, privileges = '', object = ''] = /^GRANT (.+?) ON (.+?) TO /i.exec(bare) ?? [];
  // A role that is granted is looked at by itself.
  if (privileges === '') return [];
  const names = privileges
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim().toUpperCase());
  const isGrantor = /\bWITH (GRANT|ADMIN) OPTION\b/i.test(bare);
  const wrong = [...names.filter((name) => !harmless.has(name)), ...(isGrantor ? ['GRANT OPTION'] : [])];
  return wrong.map((name) => `the user has ${name} on ${full(object)}`);
}
