import type { Base } from '../base.ts';

/** The base's own copy of where a view's reading goes on, as old as its rows (docs/decisions/0013). */
export interface ViewCopy {
  readonly source: string;
  readonly view: string;
  /** Pages ever loaded into it. */
  readonly loads: number;
  /** Null where the base has none, or where what it had no longer counts: the view is to be read anew. */
  readonly cursor: string | null;
  /** Whether the cursor begins a cycle. */
  readonly complete: boolean;
}

/** The copies of every view that the base knows, in one snapshot. */
export async function readViewCopies(base: Base): Promise<ViewCopy[]> {
  const rows = await base.transaction((tx) =>
    tx.query<Omit<ViewCopy, 'loads'> & { loads: string }>(
      `SELECT source, view, loads::text, cursor, cycle_complete AS complete
         FROM guarita.view ORDER BY source, view`,
    ),
  );
  return rows.map((row) => ({ ...row, loads: Number(row.loads) }));
}
