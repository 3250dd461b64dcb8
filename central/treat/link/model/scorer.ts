import type { Compare, Comparison, Found } from '../compare/comparison.ts';
import type { Rarity } from '../compare/rarity.ts';
import type { Columns } from '../registers/columns.ts';
import type { Veto } from './veto.ts';
import { vetoOf } from './veto.ts';

/** Weights as the scorer takes them: by comparison and level, level 0 without any. */
export interface Weights {
  readonly prior: number;
  readonly levels: readonly Float64Array[];
}

/**
 * The one function by which two registers are judged: by the full run, by the daily one and where it is explained. What it
 * found last stays in `levels` and `rarities` until it is asked again.
 */
export interface Scorer {
  readonly levels: Uint8Array;
  /** Bits of rarity, by comparison. */
  readonly rarities: Float64Array;
  /** Bits: the odds that both are one person's. The same both ways. */
  weigh(a: number, b: number): number;
  /** Why the pair that was weighed last must not be merged without a person, whatever its weight. */
  veto(): Veto | null;
}

export function makeScorer(
  comparisons: readonly Comparison[],
  columns: Columns,
  weights: Weights,
  rarity: Rarity,
): Scorer {
  // What nobody says anything of costs nothing.
  const bound = comparisons.flatMap((comparison, place) =>
    columns.empty.includes(comparison.field) ? [] : [{ place, compare: comparison.bind(columns, rarity) }],
  );
  const compares = bound.map(({ compare }) => compare);
  const places = bound.map(({ place }) => place);
  const { levels: table, prior } = weights;
  const levels = new Uint8Array(comparisons.length);
  const rarities = new Float64Array(comparisons.length);
  const found: Found = { rarity: 0 };
  const veto = vetoOf(comparisons);
  return {
    levels,
    rarities,
    weigh: (a, b) => {
      let sum = prior;
      for (let at = 0; at < compares.length; at++) {
        found.rarity = 0;
        const place = places[at] as number;
        const level = (compares[at] as Compare)(a, b, found);
        levels[place] = level;
        rarities[place] = found.rarity;
        sum += ((table[place] as Float64Array)[level] as number) + found.rarity;
      }
      return sum;
    },
    veto: () => veto(levels),
  };
}
