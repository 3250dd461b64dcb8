import type { Base, Transaction } from '../base.ts';
import { readByBlocks } from '../blocks.ts';
import { quoteName, versionsTable } from '../names.ts';
import { removeTyped } from '../national-layer/remove-typed.ts';
import { columnsIn } from '../source-layer/view-tables.ts';
import { type Counts, type Holder, type NoteGone, type Person, sumOf } from './holder.ts';
import { holdView, type PersonTable, tablesOf } from './person-rows.ts';

/**
 * The rows of the source's views that name the person, each with all that it ever was, and at once with what treatment
 * made of it: what is left of a row is never to be found by the row.
 */
export const sourceRows: Holder = {
  held: async (base, person) => heldIn(base, await base.snapshot((tx) => tablesOf(tx, person, 'rows'))),

  async remove(base, person, note) {
    for (const table of await base.snapshot((tx) => tablesOf(tx, person, 'rows'))) {
      const began = await base.transaction((tx) => changeUnderLock(tx, table));
      const removeWhere = (tx: Transaction, where: string) => removeFrom(tx, person, table, where, note);
      await readByBlocks(base, table.table, removeWhere);
      // A row that was written meanwhile, as gone at the source, may have moved to where nobody looked any more.
      await base.transaction((tx) => removeWhere(tx, `t._change > ${began}`));
    }
  },
};

/** How many rows of these tables name the person, read by blocks. */
export async function heldIn(base: Base, tables: readonly PersonTable[]): Promise<Counts> {
  const counts: Record<string, number> = {};
  for (const { table, name, find } of tables) {
    await readByBlocks(base, table, async (tx, where) => {
      counts[name] = (counts[name] ?? 0) + (await find(tx, where)).length;
    });
  }
  return sumOf(counts);
}

/** The last change of the view so far: no page of it is under way. */
async function changeUnderLock(tx: Transaction, { of }: PersonTable): Promise<string> {
  await holdView(tx, of);
  const [change] = await tx.query<{ last: string }>('SELECT last_value::text AS last FROM guarita.change');
  return change?.last ?? '0';
}

async function removeFrom(
  tx: Transaction,
  { source }: Person,
  { of, table, name, find }: PersonTable,
  where: string,
  note: NoteGone,
): Promise<void> {
  await holdView(tx, of);
  const rows = await find(tx, where);
  if (rows.length === 0) return;
  const key = of.key.map(quoteName);
  const versions = versionsTable(source, of.view);
  const hasVersions = (await columnsIn(tx, versions)).length > 0;
  const sameKey = key.map((column) => `v.${column} = gone.${column}`).join(' AND ');
  const [gone] = await tx.query<{ ids: string[]; live: number; versions: number }>(
    `WITH gone AS (
       DELETE FROM ${table} t WHERE t.ctid = ANY ($1::tid[])
       RETURNING ${key.map((column) => `t.${column}`).join(', ')}, t._removed IS NULL AS _live
     ), past AS (
       ${hasVersions ? `DELETE FROM ${versions} v USING gone WHERE ${sameKey} RETURNING 1` : 'SELECT WHERE false'}
     ), counted AS (
       UPDATE guarita.view SET rows = rows - (SELECT count(*) FROM gone WHERE _live)
        WHERE source = $2 AND view = $3)
     SELECT array_agg(${key[0]}) AS ids, (SELECT count(*)::int FROM past) AS versions FROM gone`,
    [rows, source, of.view],
  );
  const derived = await removeTyped(tx, source, of, gone?.ids ?? []);
  await note(
    tx,
    sumOf({ [name]: rows.length, [versions.replaceAll('"', '')]: gone?.versions ?? 0 }, derived),
  );
}
