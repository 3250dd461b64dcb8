import { noRarity, type Rarity } from '../compare/rarity.ts';
import type { Registers } from '../registers/builder.ts';
import type { Columns } from '../registers/columns.ts';
import { float64 } from '../registers/shared-arrays.ts';
import { wholeValue } from '../registers/whole-value.ts';
import { bitsOf } from './bits.ts';
import type { Frequencies, FrequencyTable } from './model.ts';

/** What fewer have is as rare as any. */
const fewest = 5;
/** Bits by which a word counts more than others, or less, at most. */
const [mostBits, leastBits] = [7, -4];

/** Counted over all registers, frozen with the model. */
export function countFrequencies({ columns, words }: Registers): Frequencies {
  const { name, mother, birthplace, count } = columns;
  const counts = () => new Map<number, number>();
  const [given, further, motherGiven, places] = [counts(), counts(), counts(), counts()];
  const add = (to: Map<number, number>, key: number): void => void to.set(key, (to.get(key) ?? 0) + 1);
  for (let register = 0; register < count; register++) {
    const [from, end] = [name.start[register] as number, name.start[register + 1] as number];
    if (from < end && words[name.words[from] as number] !== '') add(given, name.words[from] as number);
    for (let at = from + 1; at < end; at++) add(further, name.words[at] as number);
    const first = mother.start[register] as number;
    if (first < (mother.start[register + 1] as number)) add(motherGiven, mother.words[first] as number);
    const place = birthplace[register] as number;
    if (place !== 0) add(places, place);
  }
  const word = (number: number): string => words[number] ?? '';
  return {
    given: tableOf(given, word),
    further: tableOf(further, word),
    motherGiven: tableOf(motherGiven, word),
    birthplace: tableOf(places, String),
    ...(columns.own.length === 0
      ? {}
      : { own: columns.own.map((_, place) => tableOf(countWhole(columns, place), String)) }),
  };
}

function countWhole(columns: Columns, place: number): ReadonlyMap<number, number> {
  const valueOf = wholeValue(columns, place);
  const counts = new Map<number, number>();
  for (let register = 0; register < columns.count; register++) {
    const value = valueOf(register);
    if (value !== 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function tableOf(counts: ReadonlyMap<number, number>, nameOf: (key: number) => string): FrequencyTable {
  let [sum, squares] = [0, 0];
  for (const count of counts.values()) {
    sum += count;
    squares += count * count;
  }
  const kept = [...counts]
    .filter(([, count]) => count >= fewest)
    .map(([key, count]) => [nameOf(key), count] as const);
  const sorted = kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    agree: sum === 0 ? 1 : squares / (sum * sum),
    floor: sum === 0 ? 1 : fewest / 2 / Math.max(sum, fewest),
    shares: Object.fromEntries(sorted.map(([name, count]) => [name, count / sum])),
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
