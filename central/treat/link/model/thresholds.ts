/** Bits, from which on a pair is one person's without being asked, and from which on a person is asked. */
export interface Thresholds {
  readonly automatic: number;
  readonly review: number;
  /**
   * Two groups of registers become one only if all pairs across them come to so much on average: a single register that
   * fits both does not make them one person's.
   */
  readonly average: number;
  /** Registers of one person, more than which are not put together without a person. */
  readonly largest: number;
}

export const thresholds: Thresholds = { automatic: 9, review: 2, average: 3, largest: 40 };
