import { noRarity, type Rarity } from '../compare/rarity.ts';
import type { Registers } from '../registers/builder.ts';
import type { Columns } from '../registers/columns.ts';
import { float64 } from '../registers/shared-arrays.ts';
import { wholeValue } from '../registers/whole-value.ts';
import { bitsOf } from './bits.ts';
import type { Frequencies, FrequencyTable } from './model.ts';

/** What fewer people have is as rare as any. */
const fewest = 5;
/** Bits by which a word counts more than others, or less, at most. */
const [mostBits, leastBits] = [7, -4];

/** How many registers have each word, and the first few people who do. */
class WordCounts {
  readonly #counts = new Map<number, { count: number; readonly people: number[] }>();

  add(word: number, person: number): void {
    const known = this.#counts.get(word);
    if (known === undefined) this.#counts.set(word, { count: 1, people: [person] });
    else {
      known.count++;
      if (known.people.length < fewest && !known.people.includes(person)) known.people.push(person);
    }
  }

  /** What fewer people have has no name here: a model is told to others. */
  table(nameOf: (word: number) => string): FrequencyTable {
    let [sum, squares] = [0, 0];
    for (const { count } of this.#counts.values()) {
      sum += count;
      squares += count * count;
    }
    const kept = [...this.#counts]
      .filter(([, { people }]) => people.length >= fewest)
      .map(([word, { count }]) => [nameOf(word), count] as const);
    const sorted = kept.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      agree: sum === 0 ? 1 : squares / (sum * sum),
      floor: sum === 0 ? 1 : fewest / 2 / Math.max(sum, fewest),
      shares: Object.fromEntries(sorted.map(([name, count]) => [name, count / sum])),
    };
  }
}

/**
 * Counted over all registers, frozen with the model.
 * @param personOf by place, whose a register is, as far as that is known; each its own where nothing is said
 */
export function countFrequencies(
  { columns, words }: Registers,
  personOf: ArrayLike<number> | null = null,
): Frequencies {
  const { name, mother, birthplace, count } = columns;
  const [given, further, motherGiven, places] = Array.from({ length: 4 }, () => new WordCounts()) as [
    WordCounts,
    WordCounts,
    WordCounts,
    WordCounts,
  ];
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
  }
  const word = (number: number): string => words[number] ?? '';
  return {
    ...{ given: given.table(word), further: further.table(word), motherGiven: motherGiven.table(word) },
    birthplace: places.table(String),
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
