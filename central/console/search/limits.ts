/** Beyond what a search asks for more instead of going on. */
export interface SearchLimits {
  /** Registers that are put in order; where more have what is asked for, who asks is asked to say more. */
  readonly registers: number;
  /** With fewer people than these, those are looked for, too, who lack one of the words. */
  readonly few: number;
  /** Words that are like one: only where very many are, it is the likest that somebody has. */
  readonly like: number;
}

export const searchLimits: SearchLimits = { registers: 1000, few: 10, like: 300 };
