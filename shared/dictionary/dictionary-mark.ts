import { hash } from 'node:crypto';
import { standardViews } from './standard-views.ts';

/**
 * Another text whenever a value, or what a rule finds, may come to something else by the dictionary: by anything that it
 * says of a column to programs.
 */
export function dictionaryMark(): string {
  const told = standardViews.map(({ name, columns }) => ({
    name,
    columns: columns.map(({ about: _about, basis: _basis, example: _example, ...told }) => told),
  }));
  return hash('sha256', JSON.stringify(told), 'hex').slice(0, 16);
}
