import { sourceTable } from '../../../central/base/names.ts';
import type { PostgresBase } from '../../../central/base/postgres.ts';
import { ensureChangeIndex } from '../../../central/base/source-layer/change-index.ts';
import { prepareView } from '../../../central/base/source-layer/source-schema.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import { type SampleTable, sampleTables } from '../../demo/sample-state.ts';
import { type PageRow, pageLoader, rowsPerPage } from '../page-loader.ts';

/** Its system has columns of dates, so that those can be cast without being cleaned. */
export const source = 'MS';

/** A view of the source layer that rows are loaded into. */
export interface LoadedView {
  readonly name: string;
  readonly columns: readonly string[];
  load(rows: readonly PageRow[], likely?: 'new'): Promise<void>;
}

/** Loads a made-up state, with three visits a person, as its agent's pages would be. Returns its views by name. */
export async function loadState(
  base: PostgresBase,
  custodiados: number,
  now: Date,
): Promise<{ readonly views: ReadonlyMap<string, LoadedView>; readonly rows: number }> {
  const views = new Map<string, LoadedView>();
  let rows = 0;
  for (const table of sampleTables({ uf: source, custodiados, seed: 1, now, visits: 3, dirt: 1 })) {
    const view = await openView(base, table);
    views.set(table.name, view);
    rows += await loadAll(view, table.rows);
    await ensureChangeIndex(base, { table: sourceTable(source, table.name) });
  }
  return { views, rows };
}

async function openView(base: PostgresBase, { name, columns }: SampleTable): Promise<LoadedView> {
  const description: ViewDescription = {
    name,
    columns: columns.map((column) => ({ ...column, nullable: column.name !== 'id' })),
    ...{ key: ['id'], mode: 'watermark', watermark: 'atualizado_em', fingerprint: 'bench', epoch: 'bench' },
  };
  const target = await prepareView(base, source, description, () => true);
  return { name, columns: columns.map((column) => column.name), load: pageLoader(base, target) };
}

async function loadAll(view: LoadedView, rows: SampleTable['rows']): Promise<number> {
  let page: PageRow[] = [];
  let loaded = 0;
  for (const row of rows) {
    page.push(row.map((value) => (value === null ? null : String(value))));
    loaded += 1;
    if (page.length < rowsPerPage) continue;
    await view.load(page, 'new');
    page = [];
  }
  if (page.length > 0) await view.load(page, 'new');
  return loaded;
}
