/** A version of what linkage knows of how registers agree: JSON, frozen once it was made. */
export interface Model {
  readonly version: string;
  /** The day on which it was trained, as it was told. */
  readonly date: string;
  readonly seed: number;
  readonly locale: string;
  /** What it was trained on. */
  readonly registers: number;
  readonly randomPairs: number;
  readonly lessons: readonly Lesson[];
  /** Bits: how likely any two registers are one person's, as odds. */
  readonly prior: number;
  readonly comparisons: readonly ModelComparison[];
  readonly frequencies: Frequencies;
  /** Registers of one blocking key. */
  readonly blockCap: number;
}

/** What the pairs of one blocking rule have taught. */
export interface Lesson {
  readonly rule: string;
  readonly pairs: number;
  /** How many of them, as a share, are of one person. */
  readonly matches: number;
  readonly rounds: number;
}

export interface ModelComparison {
  readonly name: string;
  readonly levels: readonly ModelLevel[];
}

export interface ModelLevel {
  readonly name: string;
  readonly m: number;
  readonly u: number;
  /** Bits that it adds, log2(m / u). */
  readonly weight: number;
  /** Standard error of the weight, in bits; null where m or u is a prior. */
  readonly error: number | null;
  /** Pairs of one person, and of two, at this level: as many as were to be expected, and as were counted. */
  readonly seenM: number;
  readonly seenU: number;
  /** Which of the two is still the prior. */
  readonly kept: 'none' | 'm' | 'u' | 'both';
}

/** How many of those who have one have it, by word; birthplaces by code. */
export interface Frequencies {
  readonly given: FrequencyTable;
  readonly further: FrequencyTable;
  readonly motherGiven: FrequencyTable;
  readonly birthplace: FrequencyTable;
  /** Whole values of a layout's own columns, in their order; of numbers none. */
  readonly own?: readonly FrequencyTable[];
}

export interface FrequencyTable {
  /** How likely it is that two have the same: the sum of the squares of all shares. */
  readonly agree: number;
  /** Share of each that is not in the list. */
  readonly floor: number;
  readonly shares: Readonly<Record<string, number>>;
}
