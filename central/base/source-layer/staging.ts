import { hash } from 'node:crypto';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import { quoteName } from '../names.ts';
import type { ViewTarget } from './source-schema.ts';

/** Lines in COPY text format, and how many they are said to be. */
export interface Lines {
  readonly lines: Buffer;
  readonly rows: number;
}

/**
 * Copies a page into a temporary table of its view's columns and returns the table's name. Emptied at the end of the
 * transaction. Throws `page-invalid`.
 */
export async function stagePage(tx: Transaction, target: ViewTarget, page: Lines): Promise<string> {
  const { columns, key } = target.view;
  return stage(tx, 'staging', page, [
    '_digest bigint NOT NULL',
    '_mark smallint[]',
    ...columns.map((column) => columnOf(column.name, key)),
  ]);
}

/** The same for a listing: digest, mark of the key columns, key columns. Throws `page-invalid`. */
export async function stageListing(tx: Transaction, target: ViewTarget, listing: Lines): Promise<string> {
  const { key } = target.view;
  return stage(tx, 'listing', listing, [
    '_digest bigint NOT NULL',
    '_mark smallint[]',
    ...key.map((name) => columnOf(name, key)),
  ]);
}

/** Key columns are compared by "C" here as in the view's table. */
function columnOf(name: string, key: readonly string[]): string {
  return `${quoteName(name)} text${key.includes(name) ? ' COLLATE "C"' : ''}`;
}

/**
 * One table a connection for all views of the same columns, as those of the states are: each commit empties all that
 * its connection has, at about 0.2 ms each.
 */
async function stage(
  tx: Transaction,
  kind: string,
  { lines, rows }: Lines,
  columns: readonly string[],
): Promise<string> {
  const table = `${kind}_${hash('sha256', columns.join(), 'hex').slice(0, 24)}`;
  await tx.execute(`CREATE TEMP TABLE IF NOT EXISTS ${table} (${columns.join(', ')}) ON COMMIT DELETE ROWS`);
  const copied = rows === 0 ? 0 : await tx.copyIn(table, lines);
  if (copied !== rows) throw new GuaritaError('page-invalid', `Diz ${rows} linhas e tem ${copied}.`);
  return table;
}

/**
 * The digests of the lines that are longer than a limit, their newline included. Looks at few bytes where all lines
 * are short: it jumps to the last newline within reach, 50 µs for a page of 4 MiB and a limit of 2,500 bytes.
 */
export function* longLines(lines: Buffer, limit: number): Generator<string> {
  for (let start = 0; start + limit < lines.length; ) {
    const newline = lines.lastIndexOf(10, start + limit - 1);
    if (newline >= start) {
      start = newline + 1;
      continue;
    }
    yield lines.toString('latin1', start, lines.indexOf(9, start));
    const end = lines.indexOf(10, start + limit);
    start = end === -1 ? lines.length : end + 1;
  }
}

/** The lines of a page, each with its newline: within a line, it is escaped. */
export function linesOf(lines: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf(10, start);
    const end = newline === -1 ? lines.length : newline + 1;
    parts.push(lines.subarray(start, end));
    start = end;
  }
  return parts;
}
