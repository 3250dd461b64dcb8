import type { Questions, Transaction } from '../base.ts';
import { quoteName, sourceTable, versionsTable } from '../names.ts';
import { namingOf } from '../source-layer/naming.ts';
import { type StoredView, storedViews } from '../source-layer/row-history.ts';
import { columnsIn } from '../source-layer/view-tables.ts';
import { isRegister, type Person } from './holder.ts';

/** A table of rows of a view, and how those that name a person are found in it. */
export interface PersonTable {
  readonly of: StoredView;
  /** As SQL takes it, and as people read it. */
  readonly table: string;
  readonly name: string;
  /** Places (`ctid`) of the rows that name the person. @param where a condition on rows `t` */
  readonly find: (tx: Questions, where: string) => Promise<string[]>;
}

/** The tables of a source's views that can name a person, what rows were before instead of what they are; their own view last. */
export async function tablesOf(
  questions: Questions,
  person: Person,
  which: 'rows' | 'versions',
): Promise<PersonTable[]> {
  const { source, register } = person;
  const tables: PersonTable[] = [];
  const views = await storedViews(questions, source);
  const isOwn = ({ view }: StoredView) => Number(view === register.role);
  for (const of of views.toSorted((a, b) => isOwn(a) - isOwn(b))) {
    const table = (which === 'rows' ? sourceTable : versionsTable)(source, of.view);
    const naming = namingOf(of.view, of.key, await columnsIn(questions, table));
    // A reference is one value: it leads to nobody whose key is several.
    const ways = naming.of(register.role).filter(({ length }) => length === register.key.length);
    if (ways.length === 0) continue;
    const matches = ways.map((columns) =>
      columns.map((column, at) => `t.${quoteName(column)} = $${at + 1}`).join(' AND '),
    );
    const needed = naming.columns.map((column) => `, t.${quoteName(column)}`).join('');
    const sql = `SELECT t.ctid::text AS _row${needed} FROM ${table} t WHERE (${matches.join(' OR ')})`;
    tables.push({
      ...{ of, table, name: table.replaceAll('"', '') },
      find: async (tx, where) => {
        const rows = await tx.query<{ _row: string } & Record<string, string | null>>(
          `${sql} AND ${where}`,
          register.key,
        );
        const named = rows.filter((row) =>
          naming.named((column) => row[column] ?? null).some((other) => isRegister(person, other)),
        );
        return named.map(({ _row: row }) => row);
      },
    });
  }
  return tables;
}

/** Has the view to itself until the transaction ends: pages wait, and find what was done. */
export async function holdView(tx: Transaction, { source, view }: StoredView): Promise<void> {
  await tx.query('SELECT FROM guarita.view WHERE source = $1 AND view = $2 FOR UPDATE', [source, view]);
}
