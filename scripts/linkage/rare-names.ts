import type { Rng } from '../demo/rng.ts';

const starts = 'B BR C CL D DR E F G GL H I J K L M N P R S T TR U V W Y Z'.split(' ');
const vowels = 'A E I O U EI IA'.split(' ');
const middles = 'D L LD LM M N ND R RL RT S SC T V X Z'.split(' ');
const ends = {
  M: ['SON', 'LDO', 'NEI', 'RIO', 'VAN', 'MAR'],
  F: ['LENE', 'NARA', 'SIA', 'LDA', 'NILDE', 'RA'],
};
const surnameEnds = ['SKI', 'TTI', 'NDER', 'RELI', 'MANN', 'LHO', 'NZA', 'GUTI', 'RO', 'DES', 'ZZO', 'CK'];

const firstNames = 6000;
const surnames = 12_000;

/** One of six thousand, the first of them far more often than the last. */
export function rareFirstName(rng: Rng, sex: 'M' | 'F'): string {
  const number = Math.floor(firstNames * rng.fraction() ** 3);
  return syllables(number, ends[sex]);
}

export function rareSurname(rng: Rng): string {
  const number = Math.floor(surnames * rng.fraction() ** 3);
  return syllables(number + 100_000, surnameEnds);
}

/** The name that has this number: the same each time. */
function syllables(number: number, endings: readonly string[]): string {
  let rest = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  const take = (from: readonly string[]): string => {
    const taken = from[rest % from.length] ?? '';
    rest = Math.floor(rest / from.length);
    return taken;
  };
  return take(starts) + take(vowels) + take(middles) + take(vowels) + take(endings);
}
