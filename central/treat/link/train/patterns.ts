import type { Comparison } from '../compare/comparison.ts';
import type { Scorer } from '../model/scorer.ts';

/** How many pairs have which levels: all that training knows of pairs. */
export class Patterns {
  readonly #counts = new Map<number, number>();
  readonly #radixes: readonly number[];
  #pairs = 0;

  constructor(comparisons: readonly Comparison[]) {
    this.#radixes = comparisons.map(({ levels }) => levels.length + 1);
    const patterns = this.#radixes.reduce((product, radix) => product * radix, 1);
    if (patterns > Number.MAX_SAFE_INTEGER)
      throw new TypeError('a pattern of so many comparisons is no whole number');
  }

  get pairs(): number {
    return this.#pairs;
  }

  /** The pair that was weighed last. */
  add({ levels }: Scorer): void {
    let pattern = 0;
    for (let place = 0; place < levels.length; place++) {
      pattern = pattern * (this.#radixes[place] as number) + (levels[place] as number);
    }
    this.#counts.set(pattern, (this.#counts.get(pattern) ?? 0) + 1);
    this.#pairs++;
  }

  /** In the order of the patterns, so that sums over them come to the same whatever came first. */
  entries(): readonly (readonly [levels: readonly number[], count: number])[] {
    return [...this.#counts]
      .sort(([a], [b]) => a - b)
      .map(([pattern, count]) => [this.#levelsOf(pattern), count]);
  }

  #levelsOf(pattern: number): number[] {
    const levels: number[] = [];
    let rest = pattern;
    for (const radix of this.#radixes.toReversed()) {
      levels.push(rest % radix);
      rest = Math.floor(rest / radix);
    }
    return levels.toReversed();
  }
}
