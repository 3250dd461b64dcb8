/** What a person has said of two registers, and nobody has revoked. */
export interface Decision {
  /** Tells it from all others. */
  readonly id: number;
  readonly a: string;
  readonly b: string;
  readonly says: 'same' | 'distinct';
}

/** Decisions that cannot all hold: none of those that say `same` is followed, all that say `distinct` are. */
export interface Contradiction {
  readonly distinct: number;
  /** Those that together say that both are the same, the smallest first. */
  readonly same: readonly number[];
}

/** Decisions by the places of registers. */
export interface Links {
  /** Put together whatever the weight. */
  readonly must: readonly (readonly [number, number])[];
  /** By the smaller place, the larger ones that are not the same person. */
  readonly cannot: ReadonlyMap<number, ReadonlySet<number>>;
  readonly contradictions: readonly Contradiction[];
}
