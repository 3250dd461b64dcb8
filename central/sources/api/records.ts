import { GuaritaError } from '../../../shared/errors.ts';
import { isRawNumber, type JsonValue } from './json-texts.ts';
import type { ApiView } from './view-schema.ts';

/** A row as it is kept: the texts of its columns, in the order of `columnsOf`. */
export type RowTexts = readonly (string | null)[];

export interface ColumnPath {
  readonly name: string;
  readonly path: string;
}

/** The columns of a view, its key first: what the declaration does not say of the key is a member of its own name. */
export function columnsOf({ key, columns }: Pick<ApiView, 'key' | 'columns'>): ColumnPath[] {
  const ofKey = key.map((name) => ({ name, path: columns[name] ?? name }));
  const others = Object.entries(columns).filter(([name]) => !key.includes(name));
  return [...ofKey, ...others.map(([name, path]) => ({ name, path }))];
}

/** What stands at a dotted path; undefined where there is no such member. An empty path is the value itself. */
export function valueAt(value: JsonValue, path: string): JsonValue | undefined {
  if (path === '') return value;
  let at: JsonValue | undefined = value;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || isRawNumber(at) || !Object.hasOwn(at, name))
      return undefined;
    // Of a list, its places alone are members.
    if (Array.isArray(at) && !/^\d+$/.test(name)) return undefined;
    at = (at as Readonly<Record<string, JsonValue>>)[name];
  }
  return at;
}

/** A value as text: of what is not one value, its JSON, numbers as they were written. */
export function textOfValue(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  return isRawNumber(value) ? value.rawJSON : JSON.stringify(value);
}

/** Makes rows of records, and counts in how many of them each column had its member. */
export class RowReader {
  readonly columns: readonly ColumnPath[];
  readonly found: number[];
  readonly #keys: number;

  constructor(view: Pick<ApiView, 'key' | 'columns'>) {
    this.columns = columnsOf(view);
    this.found = this.columns.map(() => 0);
    this.#keys = view.key.length;
  }

  /** Throws `api-answer-invalid` for a record without its key: there is no telling which row it is. */
  read(record: JsonValue): RowTexts {
    if (typeof record !== 'object' || record === null || Array.isArray(record) || isRawNumber(record)) {
      throw new GuaritaError('api-answer-invalid', 'Um dos registros não é um objeto.');
    }
    return this.columns.map(({ name, path }, place) => {
      const value = valueAt(record, path);
      if (value !== undefined) this.found[place] = (this.found[place] ?? 0) + 1;
      const text = textOfValue(value);
      if (place >= this.#keys || (text !== null && text !== '')) return text;
      throw new GuaritaError('api-answer-invalid', `Um dos registros não tem a chave "${name}" ("${path}").`);
    });
  }

  /** Columns that no record had, which is a name that was mistaken, or changed. */
  get neverFound(): ColumnPath[] {
    return this.columns.filter((_column, place) => this.found[place] === 0);
  }
}
