import { hash } from 'node:crypto';
import { standardViews } from './standard-views.ts';

/** Another text whenever a value may come to something else by the dictionary: by a column's kind, or by its list. */
export function dictionaryMark(): string {
  const told = standardViews.map(({ name, columns }) => ({
    name,
    columns: columns.map(({ name, kind, codes = null }) => ({ name, kind, codes })),
  }));
  return hash('sha256', JSON.stringify(told), 'hex').slice(0, 16);
}
