import { type Comparison } from '../compare/comparison.ts';
import type { Registers } from '../registers/builder.ts';
import { rarityOf } from './frequencies.ts';
import type { Model } from './model.ts';
import { makeScorer, type Scorer, type Weights } from './scorer.ts';

/** The weights of a model for these comparisons, which must be those that it was trained for. */
export function weightsOf(model: Model, comparisons: readonly Comparison[]): Weights {
  const levels = comparisons.map(({ name, levels }, place) => {
    const known = model.comparisons[place];
    if (known?.name !== name || known.levels.length !== levels.length) {
      throw new TypeError(`the model ${model.version} was trained for other comparisons: it has no ${name}`);
    }
    return Float64Array.from([0, ...known.levels.map(({ weight }) => weight)]);
  });
  return { prior: model.prior, levels };
}

/** What judges pairs of these registers by a model. */
export function scorerOf(registers: Registers, model: Model, comparisons: readonly Comparison[]): Scorer {
  const rarity = rarityOf(registers, model.frequencies);
  return makeScorer(comparisons, registers.columns, weightsOf(model, comparisons), rarity);
}
