import { codedColumns } from '../../shared/cleaning/coded-columns.ts';
import { wordForm } from '../../shared/cleaning/codes/word-form.ts';
import type { Assigned } from '../base/national-layer/code-maps.ts';
import type { TypedRowState } from '../base/national-layer/treated-row.ts';
import type { TypedView } from '../base/national-layer/typed-views.ts';
import type { RowState } from '../base/source-layer/row-history.ts';

/**
 * How a value came to be what it is, all in the step that cleans and types: it stayed as it was given, it was cleaned, its
 * word is one of the dictionary's or was assigned by a person, another column of the row implies it, or there is none.
 */
export type Made = 'as-given' | 'cleaned' | 'dictionary' | 'assigned' | 'implied' | 'lost';

export interface TreatedValue {
  readonly column: string;
  readonly given: string | null;
  /** As text; null for none. */
  readonly typed: string | null;
  readonly made: Made;
  /** Of a column of codes. */
  readonly coded: boolean;
  readonly notes: readonly string[];
}

/** What a state of a row gave, and what was made of it: columns in which there is something of either. */
export function treatedValues(
  view: TypedView,
  given: RowState['values'],
  { values, notes }: Pick<TypedRowState, 'values' | 'notes'>,
  assigned: Assigned,
): TreatedValue[] {
  const coded = new Set(codedColumns(view.view).map(({ name }) => name));
  return view.columns.flatMap(({ name }): TreatedValue[] => {
    const value = { column: name, given: given[name] ?? null, typed: textOf(values[name]) };
    const said = notes
      .filter((note) => note.startsWith(`${name}:`))
      .map((note) => note.slice(name.length + 1));
    if (value.given === null && value.typed === null) return [];
    const own = assigned.get(`${view.view.name}.${name}`);
    const isCoded = coded.has(name);
    return [{ ...value, made: madeOf(value, isCoded, own), coded: isCoded, notes: said }];
  });
}

function madeOf(
  { given, typed }: Pick<TreatedValue, 'given' | 'typed'>,
  coded: boolean,
  assigned: ReadonlyMap<string, string | null> | undefined,
): Made {
  if (given === null) return 'implied';
  const form = coded ? wordForm(given) : null;
  if (form !== null && assigned?.has(form) === true) return 'assigned';
  if (typed === null) return 'lost';
  if (coded) return 'dictionary';
  return typed === given ? 'as-given' : 'cleaned';
}

/** A typed value as JSON has it, as text: instants with a blank, as the base writes them. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return value.replace(/^(\d{4,}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/, '$1 $2');
}
