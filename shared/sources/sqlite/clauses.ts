import type { SqlQuery } from '../sql/snapshot.ts';
import type { SqliteColumn } from './values.ts';

/** FROM and what follows it, without a limit. */
export function clausesOf({ relation, where, orderBy }: SqlQuery<SqliteColumn>): string {
  return [
    `FROM ${relation}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
  ].join(' ');
}
