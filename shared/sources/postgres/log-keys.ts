import type { ClientBase, DatabaseError } from 'pg';
import { type Key, textsOf } from '../reading/keys.ts';
import type { Line } from '../reading/lines.ts';
import { attempt, isOfValue } from './attempt.ts';

interface LogKeys {
  readonly client: ClientBase;
  /** SQL for the value of a place of the key, as the log has it: of this text, in the type of the log's column. */
  value(place: number, text: string): string;
  /** Types of the view's key columns, lengths included. */
  readonly types: readonly string[];
  /** Reads the lines of a query. */
  read(sql: string, take: (line: Line) => boolean): Promise<void>;
}

/**
 * Keys of a log as the view would give them: the database casts each to the types of the view's key, so that `7` of
 * a bigint names the `7.00` of a numeric(10,2). Without it, a row that is gone is reported under a key that nobody
 * has. A key that the view's types cannot hold (SQLSTATE classes 22 and 23), or any where there is no such cast (42),
 * stays as it was: no row has it, and one bad entry of a log must not stop the others. Where the view's type does not
 * fix how a value is written (a numeric without scale), its own writing is kept; reconciliation finds what that misses.
 */
export async function inTypesOfView(keys: readonly Key[], log: LogKeys): Promise<readonly Key[]> {
  if (keys.length === 0) return keys;
  const places = log.types.map((_, place) => place);
  const rows = keys.map((key) => {
    const casts = places.map((place) => `CAST(${log.value(place, key[place] ?? '')} AS ${log.types[place]})`);
    return `(NULL, ${casts.join(', ')})`;
  });
  const lines: Line[] = [];
  const read = () => log.read(`VALUES ${rows.join(', ')}`, (line) => lines.push(line) > 0);
  const error = await attempt(log.client, read, isOfCast);
  if (error === null) return lines.map((line) => textsOf(line, places));
  if (keys.length === 1 || error.code?.startsWith('42') === true) return keys;
  const middle = keys.length >> 1;
  const first = await inTypesOfView(keys.slice(0, middle), log);
  return [...first, ...(await inTypesOfView(keys.slice(middle), log))];
}

function isOfCast(error: DatabaseError): boolean {
  return isOfValue(error) || /^(23|42)/.test(error.code ?? '');
}
