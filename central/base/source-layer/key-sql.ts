import type { KeyText } from '../../../shared/sources/view-source.ts';
import { quoteName } from '../names.ts';

/**
 * A key as quarantine holds it: the values as an array, and the places in it (from 1) of those that are bytes in
 * hexadecimal. The text `\xff` and the byte 0xff are two keys. Unlike columns, arrays with nulls compare as equal.
 */
export interface StoredKey {
  readonly key: readonly (string | null)[];
  readonly mark: readonly number[];
}

/** What there is to know of a view to find its keys. */
interface Keyed {
  readonly key: readonly string[];
  readonly columns: readonly { readonly name: string }[];
}

/** Longest text of a key's value that a lookup may ask for (`lookupBodySchema`). */
export const maxKeyText = 8192;

/** Expressions for the key of a row of a staging table, by its alias, as quarantine holds it. */
export function stagedKey(view: Keyed, alias: string): { key: string; mark: string } {
  const values = view.key.map((name) => `${alias}.${quoteName(name)}`);
  const places = view.key.map((name, index) => {
    const column = view.columns.findIndex((candidate) => candidate.name === name) + 1;
    return `CASE WHEN ${column} = ANY (${alias}._mark) THEN ${index + 1} END`;
  });
  return {
    key: `ARRAY[${values.join(', ')}]`,
    // Nearly no row has a mark: the constant spares the others an array each.
    mark: `CASE WHEN ${alias}._mark IS NULL THEN '{}'::smallint[]
             ELSE array_remove(ARRAY[${places.join(', ')}]::smallint[], NULL) END`,
  };
}

/** A row of a view's table has the key of a quarantine entry. Without arrays, which would cost as much as the rest. */
export function sameStoredKey(view: Keyed, table: string, entry: string): string {
  const equal = view.key.map((name, index) => `${table}.${quoteName(name)} = ${entry}.key[${index + 1}]`);
  return [...equal, `${entry}.key_mark = '{}'`].join(' AND ');
}

/** A stored key as sources are asked for it. */
export function keyTexts({ key, mark }: StoredKey): KeyText[] {
  return key.map((value, index) =>
    value !== null && mark.includes(index + 1) ? `\0${value.slice('\\x'.length)}` : value,
  );
}

/** Whether a source may be asked for this key at all; such a row is asked for by no one, and comes in pages only. */
export function isAskable(key: readonly KeyText[]): boolean {
  return key.every((value) => value === null || value.length <= maxKeyText);
}
