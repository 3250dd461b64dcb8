import type { Field } from './fields.ts';

/** Registers as columns, by their places from 0: what is compared. All arrays are over shared memory. */
export interface Columns {
  readonly count: number;
  /** What no register says anything of. */
  readonly empty: readonly Field[];
  /** Place in `kinds`. */
  readonly kind: Uint8Array;
  readonly name: NameColumn;
  readonly mother: NameColumn;
  readonly father: NameColumn;
  /** First words of social names and nicknames. */
  readonly otherNames: WordLists;
  /** `YYYYMMDD` as a number, 0 where there is none. */
  readonly birth: Int32Array;
  readonly birthInferred: Uint8Array;
  /** A number for each that is written, 0 for none. */
  readonly sex: Uint8Array;
  readonly cpf: NumberColumn;
  readonly rji: NumberColumn;
  readonly oab: NumberColumn;
  readonly rg: NumberColumn;
  readonly rgUf: Int32Array;
  readonly birthplace: Int32Array;
  readonly own: readonly OwnValues[];
  readonly words: WordTable;
}

export interface WordLists {
  /** Where each register's words begin in `words`, and behind the last, where they end. */
  readonly start: Int32Array;
  readonly words: Int32Array;
}

export interface NameColumn extends WordLists {
  /** Hash of FILHO and the like, 0 for none. */
  readonly suffix: Int32Array;
  readonly cut: Uint8Array;
}

export interface NumberColumn {
  /** The number itself where it is digits, 15 at most, and else a hash beyond all of these; 0 for none. */
  readonly values: Float64Array;
  /** Its check digits do not hold. */
  readonly doubtful: Uint8Array;
}

export type OwnValues =
  | { readonly as: 'number'; readonly numbers: NumberColumn }
  | { readonly as: 'code'; readonly codes: Int32Array }
  | { readonly as: 'text'; readonly text: NameColumn };

/** Words by their numbers. */
export interface WordTable {
  /** UTF-16 codes of all words, one behind the other. */
  readonly text: Uint16Array;
  readonly start: Uint32Array;
  /** Hash of how it sounds; 0 of the empty word, which stands where a given name is missing. */
  readonly sound: Uint32Array;
  /** Hash of the word itself: the same for a word in any base. */
  readonly hash: Uint32Array;
  /** Which letters it has, a bit each. */
  readonly letters: Uint32Array;
  /** Numbers of the names that it may be short for, as lists. */
  readonly standsFor: WordLists;
}
