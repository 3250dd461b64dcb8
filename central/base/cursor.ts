import type { Questions } from './base.ts';

/** What is read by a cursor here is read to its end, so the planner need not hurry to the first row. */
export const cursorSettings = { cursor_tuple_fraction: '1' } as const;

/** No two cursors of one transaction may have the same name; so no two of this process have. */
let cursors = 0;

/** The rows of a question by a cursor of the database's own, `atOnce` at a time; see `Questions.rows`. */
export async function* cursorRows<R extends object>(
  query: Questions['query'],
  sql: string,
  parameters: readonly unknown[],
  atOnce: number,
): AsyncGenerator<R[], void> {
  const name = `guarita_${++cursors}`;
  await query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, parameters);
  let usable = true;
  try {
    for (;;) {
      usable = false;
      const rows = await query<R>(`FETCH FORWARD ${atOnce} FROM ${name}`);
      usable = true;
      if (rows.length > 0) yield rows;
      if (rows.length < atOnce) return;
    }
  } finally {
    // Where a FETCH failed the transaction has failed with it, and takes no CLOSE any more.
    if (usable) await query(`CLOSE ${name}`);
  }
}
