import type { Transaction } from '../base.ts';
import { quoteName, sourceTable } from '../names.ts';
import { byIndex, changeIndexes } from './change-index.ts';

/** What is asked of a view. */
export interface ChangesQuestion {
  readonly source: string;
  readonly view: string;
  /** The last change that is known already, `0` for none. */
  readonly after: string;
  /** Most rows of one answer, all of which are in memory. */
  readonly most: number;
  /** Columns of the view that are wanted of each row: its key, at the least. */
  readonly columns: readonly string[];
}

/** A row as it is now, and what became of it. */
export interface ChangedRow {
  /** Number of its last change. */
  readonly change: string;
  /** Since when the source has it no more; null while it has. It stays as it was. */
  readonly removed: string | null;
  /** The columns that were asked for, by name. */
  readonly values: Readonly<Record<string, string | null>>;
}

export interface Changes {
  readonly rows: readonly ChangedRow[];
  /** Where to go on: the last change among these rows, `after` where there is none. */
  readonly last: string;
}

/**
 * What moved in a view since a change, in the order of the changes, each row once: as it is now, under its last number.
 * A row that moves again meanwhile comes again later. Nothing is lost to pages that load at the same time: within a view
 * they commit in the order of their numbers. So each view has a place of its own to go on from.
 *
 * Reads as many rows as it gives, by the index that a view has when it was read to its end once (`change-index.ts`).
 * Null without it: such a view is not ready, and would be read as a whole for each answer.
 */
export async function changesSince(
  tx: Transaction,
  { source, view, after, most, columns }: ChangesQuestion,
): Promise<Changes | null> {
  const table = sourceTable(source, view);
  const { ready } = await changeIndexes(tx, table);
  if (!ready) return null;
  const names = columns.map((name) => `, t.${quoteName(name)}`).join('');
  await tx.execute(byIndex('on'));
  const found = await tx.query<{ _change: string; _removed: string | null }>(
    `SELECT t._change::text, t._removed::text${names}
       FROM ${table} t WHERE t._change > $1 ORDER BY t._change LIMIT $2`,
    [after, most],
  );
  await tx.execute(byIndex('off'));
  const rows = found.map(({ _change: change, _removed: removed, ...values }) => ({
    change,
    removed,
    values,
  }));
  return { rows, last: rows.at(-1)?.change ?? after };
}
