/** By number of a word: bits by which it is rarer than the words on which two people agree by chance; below 0, commoner. */
export interface Rarity {
  readonly given: Float64Array;
  /** Of words behind the first. */
  readonly further: Float64Array;
  readonly motherGiven: Float64Array;
  /** By code. */
  readonly birthplace: ReadonlyMap<number, number>;
  /** Of a layout's own columns, in their order. */
  readonly own: readonly ValueRarity[];
}

/** By whole value (`wholeValue`): bits of those that several have, and of all others. */
export interface ValueRarity {
  readonly known: ReadonlyMap<number, number>;
  readonly others: number;
}

export const noValueRarity: ValueRarity = { known: new Map(), others: 0 };

/** Where none is known: all words count alike. */
export function noRarity(words: number): Rarity {
  const none = new Float64Array(new SharedArrayBuffer(words * 8));
  return { given: none, further: none, motherGiven: none, birthplace: new Map(), own: [] };
}
