import { noRarity, type Rarity } from '../compare/rarity.ts';
import type { Registers } from '../registers/builder.ts';
import { float64 } from '../registers/shared-arrays.ts';
import { wholeValue } from '../registers/whole-value.ts';
import { bitsOf } from './bits.ts';
import type { Frequencies, FrequencyTable } from './model.ts';
import { WordCounts } from './word-counts.ts';

/** Bits by which a word counts more than others, or less, at most. */
const [mostBits, leastBits] = [7, -4];

/**
 * Counted over all registers, frozen with the model.
 * @param personOf by place, whose a register is, as far as that is known; each its own where nothing is said
 */
export function countFrequencies(
  { columns, words }: Registers,
  personOf: ArrayLike<number> | null = null,
): Frequencies {
  const { name, mother, birthplace, count } = columns;
  const [given, further, motherGiven] = [new WordCounts(), new WordCounts(), new WordCounts()];
  const places = new WordCounts();
  const own = columns.own.map((_, place) => ({
    valueOf: wholeValue(columns, place),
    counts: new WordCounts(),
  }));
  for (let register = 0; register < count; register++) {
    const person = personOf?.[register] ?? register;
    const [from, end] = [name.start[register] as number, name.start[register + 1] as number];
    if (from < end && words[name.words[from] as number] !== '') given.add(name.words[from] as number, person);
    for (let at = from + 1; at < end; at++) further.add(name.words[at] as number, person);
    const first = mother.start[register] as number;
    if (first < (mother.start[register + 1] as number))
      motherGiven.add(mother.words[first] as number, person);
    const place = birthplace[register] as number;
    if (place !== 0) places.add(place, person);
    for (const { valueOf, counts } of own) {
      const value = valueOf(register);
      if (value !== 0) counts.add(value, person);
    }
  }
  const word = (number: number): string => words[number] ?? '';
  return {
    ...{ given: given.table(word), further: further.table(word), motherGiven: motherGiven.table(word) },
    birthplace: places.table(String),
    ...(own.length === 0 ? {} : { own: own.map(({ counts }) => counts.table(String)) }),
  };
}

/** How much rarer each word of these registers is than the words on which people agree. */
export function rarityOf({ words }: Registers, frequencies: Frequencies): Rarity {
  const bits = ({ agree, floor, shares }: FrequencyTable): Float64Array => {
    const known = new Map(Object.entries(shares));
    const values = float64(words.length);
    for (const [number, word] of words.entries()) values[number] = rarity(agree, known.get(word) ?? floor);
    return values;
  };
  const byCode = ({ agree, shares }: FrequencyTable): ReadonlyMap<number, number> =>
    new Map(Object.entries(shares).map(([code, share]) => [Number(code), rarity(agree, share)]));
  const { given, further, motherGiven, birthplace, own = [] } = frequencies;
  return {
    ...noRarity(0),
    ...{ given: bits(given), further: bits(further), motherGiven: bits(motherGiven) },
    birthplace: byCode(birthplace),
    // What few have in common is an address or a place: those who live together share it, and are not one person.
    own: own.map((table) => ({
      known: new Map([...byCode(table)].map(([value, bits]) => [value, Math.min(0, bits)])),
      others: 0,
    })),
  };
}

function rarity(agree: number, share: number): number {
  return bitsOf(Math.max(leastBits, Math.min(mostBits, Math.log2(agree / share))));
}
