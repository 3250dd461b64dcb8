import { readByBlocks } from '../blocks.ts';
import { quoteName } from '../names.ts';
import { removeTyped } from '../national-layer/remove-typed.ts';
import type { Holder } from './holder.ts';
import { sumOf } from './holder.ts';
import { holdView, tablesOf } from './person-rows.ts';
import { heldIn } from './source-rows.ts';

/**
 * What rows were while they named the person, and now name somebody else. The row stays, and is treated again from what is
 * left of its past. Versions are only ever added, and none that names the person since no row does.
 */
export const sourceVersions: Holder = {
  held: async (base, person) => heldIn(base, await base.snapshot((tx) => tablesOf(tx, person, 'versions'))),

  async remove(base, person, note) {
    for (const { of, table, name, find } of await base.snapshot((tx) => tablesOf(tx, person, 'versions'))) {
      await readByBlocks(base, table, async (tx, where) => {
        await holdView(tx, of);
        const rows = await find(tx, where);
        if (rows.length === 0) return;
        const gone = await tx.query<{ id: string }>(
          `DELETE FROM ${table} t WHERE t.ctid = ANY ($1::tid[]) RETURNING t.${quoteName(of.key[0] ?? '')} AS id`,
          [rows],
        );
        const ids = [...new Set(gone.map(({ id }) => id))];
        const derived = await removeTyped(tx, person.source, of, ids, 'again');
        await note(tx, sumOf({ [name]: rows.length }, derived));
      });
    }
  },
};
