import type { Columns } from '../registers/columns.ts';
import type { Field } from '../registers/fields.ts';
import type { Rarity } from './rarity.ts';

/** One way in which a field of two registers may agree or differ. */
export interface Level {
  readonly name: string;
  /** How likely it is for two registers of one person, and of two people, until training says so. */
  readonly m: number;
  readonly u: number;
  /** No two people have it in common but by error: `u` is not to be learnt from random pairs. */
  readonly unshared?: true;
}

/** What a comparison finds beside its level. */
export interface Found {
  /** How much rarer than others that agree are the words that do: bits, to be added to the level's weight. */
  rarity: number;
}

/**
 * Looks at a field of the registers at two places, the same both ways.
 *
 * @returns the level: its place among the comparison's levels, from 1; 0 where either register says nothing
 */
export type Compare = (a: number, b: number, found: Found) => number;

/** A field, and the levels at which it may agree. A field that either register lacks says nothing: level 0, no weight. */
export interface Comparison {
  readonly name: string;
  readonly field: Field;
  /** A number of a layout's own that nobody else has: who shares it may be called otherwise. */
  readonly tellsApart?: true;
  /** From level 1 on. */
  readonly levels: readonly [Level, ...Level[]];
  bind(columns: Columns, rarity: Rarity): Compare;
}
