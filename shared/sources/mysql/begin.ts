import { GuaritaError } from '../../errors.ts';

export interface BeginLimits {
  /** Most seconds for each statement. */
  readonly timeoutSeconds: number;
  /** Most seconds for a lock. */
  readonly lockSeconds: number;
}

/** Which of the two products it is, by what `VERSION()` says. */
export function isMariaDb(version: string | null | undefined): boolean {
  return /MariaDB/i.test(version ?? '');
}

/**
 * Begins a read-only transaction of one snapshot, and sets and proves in it what its answers depend on: a proxy may put
 * another session of the server, which others have used, behind each transaction.
 *
 * `max_sort_length` is how many bytes of a text the server looks at when it sorts: the rest would come in no order.
 * @param rows runs a statement of few rows
 */
export async function beginTransaction(
  rows: (sql: string) => Promise<(string | null)[][]>,
  { timeoutSeconds, lockSeconds }: BeginLimits,
): Promise<void> {
  await rows('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await rows('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  const [[version] = []] = await rows('SELECT VERSION()');
  const isMaria = isMariaDb(version);
  // MariaDB counts seconds, MySQL milliseconds.
  const limit = isMaria
    ? `max_statement_time = ${timeoutSeconds}`
    : `max_execution_time = ${timeoutSeconds * 1000}`;
  await rows(`SET NAMES utf8mb4, character_set_results = NULL, time_zone = '+00:00', sql_mode = 'NO_BACKSLASH_ESCAPES',
    lock_wait_timeout = ${lockSeconds}, innodb_lock_wait_timeout = ${lockSeconds}, max_sort_length = 65536, ${limit}`);
  const effects: readonly (readonly [name: string, expression: string, text: string])[] = [
    ['isolation', isMaria ? '@@tx_isolation' : '@@transaction_isolation', 'REPEATABLE-READ'],
    ['time_zone', 'FROM_UNIXTIME(0)', '1970-01-01 00:00:00'],
    ['sql_mode', '@@sql_mode', 'NO_BACKSLASH_ESCAPES'],
    ['character_set_client', '@@character_set_client', 'utf8mb4'],
    ['character_set_results', `IFNULL(@@character_set_results, 'none')`, 'none'],
    ['max_sort_length', '@@max_sort_length', '65536'],
  ];
  const [row = []] = await rows(`SELECT ${effects.map(([, expression]) => expression).join(', ')}`);
  // Of some servers the fraction of a second comes along.
  const others = effects.filter(([, , text], place) => row[place]?.replace(/\.0+$/, '') !== text);
  if (others.length === 0) return;
  throw new GuaritaError(
    'source-unsettled',
    `Não está como foi posto: ${others.map(([name]) => name).join(', ')}.`,
  );
}
