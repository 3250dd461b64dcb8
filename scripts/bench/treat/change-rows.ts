import type { Client } from 'pg';
import { sourceTable } from '../../../central/base/names.ts';
import type { PageRow } from '../page-loader.ts';
import { type LoadedView, source } from './source-layer.ts';

/** What changes: a column of each of these views, and how much of all changes it is. */
const changing: Readonly<Record<string, { readonly column: string; readonly share: number }>> = {
  custodiado: { column: 'alcunhas', share: 0.4 },
  custodia: { column: 'cela', share: 0.3 },
  visita: { column: 'instante', share: 0.3 },
};

/** Has so many rows of the source layer change, all over their tables; others in each step. */
export async function changeRows(
  client: Client,
  views: ReadonlyMap<string, LoadedView>,
  amount: number,
  step: number,
): Promise<void> {
  for (const [name, { column, share }] of Object.entries(changing)) {
    const view = views.get(name);
    if (view === undefined) throw new Error(`no view ${name}`);
    const rows = await scattered(client, view, Math.round(amount * share), step);
    const at = view.columns.indexOf(column);
    await view.load(
      rows.map((row) => row.map((value, place) => (place === at ? changed(column, value, step) : value))),
    );
  }
}

async function scattered(
  client: Client,
  { name, columns }: LoadedView,
  amount: number,
  step: number,
): Promise<PageRow[]> {
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT ${columns.join(', ')} FROM ${sourceTable(source, name)}
            ORDER BY hashint8(id::bigint * 7919 + $2), id LIMIT $1`,
    values: [amount, step],
    rowMode: 'array' as const,
  });
  return rows;
}

function changed(column: string, value: string | null, step: number): string | null {
  // Another minute of the same hour: the visit stays where it was, among the others.
  if (column === 'instante')
    return value?.replace(/:\d\d:\d\d/, `:${String(step % 60).padStart(2, '0')}:59`) ?? null;
  return `${column} ${step}`;
}
