import { makeBlocks } from './block/blocks.ts';
import { firstRule } from './block/pairs.ts';
import { rulesOf } from './block/rules.ts';
import type { Comparison } from './compare/comparison.ts';
import { comparisonsOf } from './compare/comparisons.ts';
import { scorerOf } from './model/compile.ts';
import type { Model } from './model/model.ts';
import type { Scorer } from './model/scorer.ts';
import type { Veto } from './model/veto.ts';
import type { Registers } from './registers/builder.ts';
import type { OwnColumn } from './registers/register.ts';

/** Why two registers weigh what they do: never a value of either. */
export interface Explanation {
  /** Bits, all of it: the prior and what each comparison adds. */
  readonly weight: number;
  readonly prior: number;
  readonly veto: Veto | null;
  /** The rule by which they were found; null where only a cluster brought them together. */
  readonly foundBy: string | null;
  readonly comparisons: readonly ExplainedComparison[];
}

export interface ExplainedComparison {
  readonly name: string;
  /** Null: one of the two says nothing. */
  readonly level: string | null;
  /** Bits of the level, and bits because what agrees is rarer or commoner than others. */
  readonly weight: number;
  readonly rarity: number;
}

/**
 * What the scorer finds of the registers at two places: the same weight as in any run, also where no others are here. Of
 * few registers, since it makes their blocks.
 */
export function explain(
  registers: Registers,
  a: number,
  b: number,
  model: Model,
  own: readonly OwnColumn[] = [],
): Explanation {
  const comparisons = comparisonsOf(own);
  const scorer = scorerOf(registers, model, comparisons);
  const weight = scorer.weigh(a, b);
  const rules = rulesOf(own);
  // Which rule it was needs no cap: a block of two is not too large.
  const rule = firstRule(makeBlocks(registers.columns, rules, registers.ids.length), a, b, rules.length);
  return {
    ...{ weight, prior: model.prior, veto: scorer.veto(), foundBy: rules[rule]?.name ?? null },
    comparisons: lastExplained(scorer, model, comparisons),
  };
}

/** By comparison, what a scorer found of the pair that it weighed last. */
export function lastExplained(
  scorer: Scorer,
  model: Model,
  comparisons: readonly Comparison[],
): readonly ExplainedComparison[] {
  return comparisons.map(({ name, levels }, place) => {
    const level = scorer.levels[place] as number;
    return {
      ...{ name, level: level === 0 ? null : (levels[level - 1]?.name ?? null) },
      weight: level === 0 ? 0 : (model.comparisons[place]?.levels[level - 1]?.weight ?? 0),
      rarity: scorer.rarities[place] as number,
    };
  });
}
