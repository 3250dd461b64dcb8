import type { Comparison } from '../compare/comparison.ts';
import { bitsOf } from './bits.ts';
import type { FrequencyTable, Model } from './model.ts';

/** All words count alike. */
const none: FrequencyTable = { agree: 1, floor: 1, shares: {} };

/** What is held likely before anything was learnt: for a base that is too small to teach, and for tests. */
export function priorModel(
  comparisons: readonly Comparison[],
  settings: Pick<Model, 'locale' | 'blockCap' | 'prior'>,
): Model {
  return {
    ...{ version: 'prior', date: '', seed: 0, registers: 0, randomPairs: 0, lessons: [] },
    ...settings,
    comparisons: comparisons.map(({ name, levels }) => ({
      name,
      levels: levels.map(({ name, m, u }) => ({
        ...{ name, m, u, weight: bitsOf(Math.log2(m / u)), error: null, seenM: 0, seenU: 0, kept: 'both' },
      })),
    })),
    frequencies: { given: none, further: none, motherGiven: none, birthplace: none },
  };
}
