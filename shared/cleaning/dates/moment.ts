/** A date as it is written, perhaps with a time: what its numbers say, which need not be a day that there is. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The year has two digits. */
  readonly short: boolean;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Seconds that its clock is ahead of UTC; null where it does not say. */
  readonly offset: number | null;
}
