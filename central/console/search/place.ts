import type { RankedPerson } from './rank.ts';

type Place = Pick<RankedPerson, 'score' | 'register'>;

/** Where somebody stands in the order of those found, as an address has it. */
export function placeOf({ score, register }: Place): string {
  return `${score}_${register}`;
}

/** Null for what is no place. */
export function readPlace(text: string): Place | null {
  const [, score, register] = /^(-?\d(?:\.\d{1,6})?)_([0-9a-f-]{36})$/.exec(text) ?? [];
  return score === undefined || register === undefined ? null : { score: Number(score), register };
}
