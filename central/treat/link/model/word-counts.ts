import type { FrequencyTable } from './model.ts';

/** What fewer people have is as rare as any. */
const fewest = 5;

/** How many registers have each word, and the first few people who do. */
export class WordCounts {
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
