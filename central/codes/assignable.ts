import { codedColumns, nationalValue } from '../../shared/cleaning/coded-columns.ts';
import type { StandardColumn } from '../../shared/dictionary/columns.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { GuaritaError } from '../../shared/errors.ts';

/** A coded column of the dictionary. */
export interface CodedColumn {
  readonly view: string;
  readonly column: StandardColumn;
}

/** The coded column that a person names, `custodia.regime`. Throws `option-invalid`, which says which there are. */
export function codedColumn(name: string): CodedColumn {
  const [viewName = '', columnName = ''] = name.split('.');
  const view = standardViews.find((each) => each.name === viewName);
  const column = view === undefined ? undefined : codedColumns(view).find((each) => each.name === columnName);
  if (view !== undefined && column !== undefined) return { view: view.name, column };
  const named = view === undefined ? standardViews : [view];
  const there = named.flatMap((each) => codedColumns(each).map((coded) => `${each.name}.${coded.name}`));
  throw new GuaritaError('option-invalid', `"${name}" não é uma coluna de códigos; há: ${there.join(', ')}.`);
}

/** The national value that a person names. Throws `option-invalid`, which says which there are. */
export function requireNational({ view, column }: CodedColumn, text: string): string {
  const value = nationalValue(column, view, text);
  if (value !== null) return value;
  const of = `${view}.${column.name}`;
  throw new GuaritaError('option-invalid', `"${text}" não é um valor de ${of}; há: ${allowed(column)}.`);
}

function allowed({ kind, codes }: StandardColumn): string {
  if (kind === 'boolean') return 'true, false';
  if (kind === 'uf') return 'as siglas das UFs';
  if (kind === 'municipality') return 'os códigos de sete dígitos do IBGE';
  return (codes?.values ?? []).map(({ code }) => code).join(', ');
}
