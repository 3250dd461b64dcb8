import type { Test } from 'tap';
import { cleanerOf } from '../../../shared/cleaning/clean-column.ts';
import type { Cleaner, CleaningContext, Note } from '../../../shared/cleaning/cleaner.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';

export const maceio: CleaningContext = { timeZone: 'America/Maceio', assigned: new Map() };

/** Of a column of the dictionary, `view.column`. */
export function cleanerFor(name: string, context = maceio): Cleaner {
  const [viewName, columnName] = name.split('.');
  const view = standardViews.find(({ name }) => name === viewName);
  const column = view?.columns.find(({ name }) => name === columnName);
  if (view === undefined || column === undefined) throw new Error(`no column ${name}`);
  return cleanerOf(column, view.name, context);
}

export interface Cleaned {
  readonly value: string | null;
  readonly notes: readonly Note[];
}

export function clean(cleaner: Cleaner, given: string): Cleaned {
  const notes: Note[] = [];
  const value = cleaner(given, (note) => notes.push(note));
  return { value, notes };
}

/** What a text comes to: a value, then notes. */
export type Case = readonly [value: string | null, ...notes: Note[]];

/** Holds a column's cleaner to what each text must come to. */
export function comesTo(
  t: Test,
  name: string,
  cases: Readonly<Record<string, string | null | Case>>,
  context = maceio,
): void {
  const cleaner = cleanerFor(name, context);
  const wanted = Object.entries(cases).map(([given, to]): [string, Case] => [
    given,
    typeof to === 'string' || to === null ? [to] : to,
  ]);
  const got = wanted.map(([given]): [string, Case] => {
    const { value, notes } = clean(cleaner, given);
    return [given, [value, ...notes]];
  });
  t.strictSame(got, wanted, name);
}
