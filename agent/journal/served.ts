import type { StateFile } from '../../shared/state-file.ts';

/** What was asked of a view in a month, and what of that was served. Months are those of UTC, as the journal's are. */
export interface ServedMonth {
  readonly month: string;
  /** Null: about no view, such as the agent itself. */
  readonly view: string | null;
  readonly requests: number;
  readonly rows: number;
  /** Bytes as sent, of what was served. */
  readonly bytes: number;
  readonly refused: number;
}

/** Sums the journal up by month and view, in the database, so that its length does not matter. */
export function servedByMonth(db: StateFile): readonly ServedMonth[] {
  const sql = `
    SELECT substr(at, 1, 7) AS month, body ->> 'view' AS view, count(*) AS requests,
           coalesce(sum(CASE WHEN body ->> 'status' < 400 THEN body ->> 'rows' END), 0) AS rows,
           coalesce(sum(CASE WHEN body ->> 'status' < 400 THEN body ->> 'bytes' END), 0) AS bytes,
           coalesce(sum(body ->> 'status' >= 400), 0) AS refused
      FROM journal_entry WHERE kind = 'request' GROUP BY 1, 2 ORDER BY 1, 2`;
  return db.prepare(sql).all() as ServedMonth[];
}
