import type { StandardColumn } from '../../../shared/dictionary/columns.ts';
import type { Kind } from '../../../shared/dictionary/kinds.ts';
import type { Questions } from '../base.ts';
import { quoteText } from '../names.ts';
import { inScope, type Scope } from './queue.ts';
import { type TypedView, typedView } from './typed-views.ts';

/** A row as the rules see it: its values by column, and what cleaning had to say. */
export type TreatedRow = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly notes: readonly string[];
};

const none: readonly string[] = [];

/** How a value comes to be what `ValueOf` says of its kind. */
const forms: Partial<Record<Kind, string>> = {
  date: '::text',
  'birth-date': '::text',
  instant: '::text',
  decimal: '::float8',
};

/** What is read of a view's rows: those that the source still has. */
function selectRows(view: TypedView, more = ''): string {
  const form = ({ name, kind }: StandardColumn) =>
    forms[kind] === undefined ? `t.${name}` : `t.${name}${forms[kind]} AS ${name}`;
  const role = view.role === null ? '' : `AND t.papel = ${quoteText(view.role)}`;
  return `SELECT t.id, ${view.columns.map(form).join(', ')}, t.notas AS notes${more}
            FROM ${view.table} t WHERE t.fonte = $1 ${role} AND t.removido IS NULL`;
}

/** Rows as the base gives them, without notes where there are none. */
function treatedRows(rows: readonly object[]): TreatedRow[] {
  for (const row of rows as { notes: readonly string[] | null }[]) row.notes ??= none;
  return rows as TreatedRow[];
}

/** Rows of a view whose `column` is in a scope, in the order of that column and `order`. Few enough to be in memory. */
export async function rowsInScope(
  questions: Questions,
  name: string,
  column: string,
  scope: Scope,
  { source, order, more }: { readonly source: string; readonly order: string; readonly more?: string },
): Promise<TreatedRow[]> {
  const { sql, parameters } = inScopeSql(name, column, scope, {
    source,
    order,
    ...(more === undefined ? {} : { more }),
  });
  return treatedRows(await questions.query(sql, parameters));
}

/** The same, some of them at a time. */
export async function* eachInScope(
  questions: Questions,
  name: string,
  column: string,
  scope: Scope,
  options: {
    readonly source: string;
    readonly order: string;
    readonly more?: string;
    readonly atOnce: number;
  },
): AsyncGenerator<TreatedRow[], void> {
  const { sql, parameters } = inScopeSql(name, column, scope, options);
  for await (const rows of questions.rows(sql, parameters, options)) yield treatedRows(rows);
}

function inScopeSql(
  name: string,
  column: string,
  scope: Scope,
  { source, order, more = '' }: { readonly source: string; readonly order: string; readonly more?: string },
) {
  const view = typedView(name);
  if (view === undefined) throw new Error(`no standard view: ${name}`);
  const parameters: unknown[] = [source];
  const condition = inScope(`t.${column}`, scope, parameters);
  const sql = `${selectRows(view, more)} AND ${condition} ORDER BY t.${column}, ${order}`;
  return { sql, parameters };
}
