import { GuaritaError } from '../../errors.ts';
import type { KeyText, ViewDescription } from '../view-source.ts';
import { decodeField, encodeField, type Line, markField, marksOf, nullField, partsOf } from './lines.ts';

/** The values of the key columns of one row, in the order of the view's key. */
export type Key = readonly KeyText[];

/** Before the bytes, in hexadecimal, of a value without text: no text of a database that may travel begins with it. */
const undecoded = '\0';

/** A key's value from bytes that text cannot hold. */
export function rawKeyText(hexadecimal: string): string {
  return `${undecoded}${hexadecimal}`;
}

/** The bytes that a value stands for when it is no text, in hexadecimal; null when it is one. */
export function rawHexOf(text: string): string | null {
  return text.startsWith(undecoded) ? text.slice(1) : null;
}

/** Throws `request-invalid` unless each key has a value for each key column, and each is one that a key can have. */
export function requireKeys(view: ViewDescription, keys: readonly Key[]): void {
  if (keys.length === 0) throw new GuaritaError('request-invalid', 'Nenhuma chave foi pedida.');
  for (const key of keys) {
    if (key.length !== view.key.length) {
      throw new GuaritaError(
        'request-invalid',
        `Uma chave de "${view.name}" tem ${view.key.length} valores.`,
      );
    }
    if (!key.every((text) => text === null || !text.includes(undecoded) || isRaw(text))) {
      throw new GuaritaError('request-invalid', 'Um valor de chave tem um 0x00 e não é hexadecimal.');
    }
  }
}

function isRaw(text: string): boolean {
  return /^([0-9a-f]{2})+$/.test(rawHexOf(text) ?? '');
}

/** Keys by which of their values are null: equality serves the others from an index, and no null. */
export function byNulls(keys: readonly Key[]): readonly Key[][] {
  const groups = new Map<string, Key[]>();
  for (const key of keys) {
    const pattern = key.map((text) => (text === null ? 'n' : '-')).join('');
    const group = groups.get(pattern);
    if (group === undefined) groups.set(pattern, [key]);
    else group.push(key);
  }
  return [...groups.values()];
}

/** Keys of rows as texts that can be compared, and the lines that hold nothing but a key. */
export class KeyColumns {
  readonly #places: readonly number[];
  readonly #columns: number;

  constructor(view: ViewDescription) {
    this.#places = view.key.map((name) => view.columns.findIndex((column) => column.name === name));
    this.#columns = view.columns.length;
  }

  /** The same text for a key that is asked for and for a row that has it, and for no other. */
  identityOf(key: Key): string {
    return key
      .map((text) => (text !== null && rawHexOf(text) !== null ? undecoded : '') + keyField(text))
      .join('\t');
  }

  identityOfLine(line: Line): string {
    const { mark, fields } = partsOf(line);
    const marks = marksOf(mark);
    return this.#places
      .map((place) => (marks.includes(place + 1) ? undecoded : '') + (fields[place] ?? nullField))
      .join('\t');
  }

  /** Mark and key columns of a row's line; the mark tells of the key columns alone, counted from 1. */
  keyLine(line: Line): string {
    const { mark, fields } = partsOf(line);
    const marks = marksOf(mark);
    const own = this.#places.flatMap((place, index) => (marks.includes(place + 1) ? [index + 1] : []));
    return [markField(own), ...this.#places.map((place) => fields[place] ?? nullField)].join('\t');
  }

  /** The line that says that no row has this key. */
  tombstone(key: Key): string {
    const fields = Array.from({ length: this.#columns }, () => nullField);
    for (const [index, place] of this.#places.entries()) fields[place] = keyField(key[index] ?? null);
    return [markField([-1]), ...fields].join('\t');
  }
}

function keyField(text: KeyText): string {
  const hex = text === null ? null : rawHexOf(text);
  return encodeField(hex === null ? text : `\\x${hex}`);
}

/** The texts of some columns of a line, as a key or a cursor holds them. */
export function textsOf(line: Line, places: readonly number[]): KeyText[] {
  const { mark, fields } = partsOf(line);
  const marks = marksOf(mark);
  return places.map((place) => {
    const text = decodeField(fields[place] ?? nullField);
    return text !== null && marks.includes(place + 1) ? rawKeyText(text.slice(2)) : text;
  });
}
