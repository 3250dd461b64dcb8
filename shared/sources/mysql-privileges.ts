import { numberOf } from './mysql-errors.ts';
import type { MysqlTransaction } from './mysql-connection.ts';
import { quoteIdentifier } from './mysql-literals.ts';

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
  const holders = ['CURRENT_USER()', ...(await rolesOf(transaction))];
  const reasons: string[] = [];
  for (const holder of holders) {
    for (const [grant] of await grantsFor(transaction, holder)) reasons.push(...reasonsIn(grant ?? ''));
  }
  return [...new Set(reasons)].slice(0, 20);
}

/** The user itself sees what a role of its own has. PUBLIC, which MariaDB has from 10.11 on, is one of everybody. */
async function rolesOf(transaction: MysqlTransaction): Promise<string[]> {
  const [[version] = []] = await transaction.rows('SELECT VERSION()');
  const isMariaDb = /MariaDB/i.test(version ?? '');
  const host = isMariaDb ? `NULL` : 'ROLE_HOST';
  const rows = await roleRows(
    transaction,
    `SELECT ROLE_NAME, ${host} FROM information_schema.APPLICABLE_ROLES`,
  );
  const names = rows.map(([name, at]) =>
    at === null || at === undefined
      ? quoteIdentifier(name ?? '')
      : `${quoteIdentifier(name ?? '')}@${quoteIdentifier(at)}`,
  );
  return isMariaDb ? [...names, 'PUBLIC'] : names;
}

async function roleRows(transaction: MysqlTransaction, sql: string): Promise<(string | null)[][]> {
  try {
    return await transaction.rows(sql);
  } catch (error) {
    // MySQL before 8.0.19 has no such table (1109) and before 8.0 no roles.
    if (numberOf(error) === 1109) return [];
    throw error;
  }
}

async function grantsFor(transaction: MysqlTransaction, holder: string): Promise<(string | null)[][]> {
  try {
    return await transaction.rows(`SHOW GRANTS FOR ${holder}`);
  } catch (error) {
    // There is no PUBLIC before 10.11 (1064), or nothing was ever granted to it (1141).
    const number = numberOf(error);
    if (holder === 'PUBLIC' && (number === 1064 || number === 1141 || number === 1133)) return [];
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
