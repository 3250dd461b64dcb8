import type { Questions } from '../base.ts';
import { namingOf } from '../source-layer/naming.ts';
import { type StoredView, storedViews } from '../source-layer/row-history.ts';
import { type Holder, isRegister, type Person, sumOf } from './holder.ts';
import { holdView } from './person-rows.ts';

const table = 'guarita.quarantine';

/** Rows in quarantine that name the person. Entries that are closed have no values. */
export const quarantinedRows: Holder = {
  async held(base, person) {
    return base.snapshot(async (questions) => {
      let rows = 0;
      for (const of of await storedViews(questions, person.source)) {
        rows += (await entriesOf(questions, person, of)).length;
      }
      return sumOf({ [table]: rows });
    });
  },

  async remove(base, person, note) {
    for (const of of await base.snapshot((questions) => storedViews(questions, person.source))) {
      await base.transaction(async (tx) => {
        await holdView(tx, of);
        const digests = await entriesOf(tx, person, of);
        if (digests.length === 0) return;
        const which = 'source = $1 AND view = $2 AND digest = ANY ($3::bigint[])';
        await tx.query(`DELETE FROM ${table} WHERE ${which}`, [of.source, of.view, digests]);
        await note(tx, { [table]: digests.length });
      });
    }
  },
};

async function entriesOf(questions: Questions, person: Person, of: StoredView): Promise<string[]> {
  const entries = await questions.query<{
    digest: string;
    columns: readonly string[];
    values: readonly (string | null)[];
  }>(
    `SELECT digest::text, columns, row_values AS values FROM ${table}
      WHERE source = $1 AND view = $2 AND row_values && $3::text[]`,
    [of.source, of.view, person.register.key],
  );
  const names = ({ columns, values }: (typeof entries)[number]) =>
    namingOf(of.view, of.key, columns)
      .named((column) => values[columns.indexOf(column)] ?? null)
      .some((other) => isRegister(person, other));
  return entries.filter(names).map(({ digest }) => digest);
}
