import { makeBlocks } from '../block/blocks.ts';
import type { BlockingRule } from '../block/rules.ts';
import type { Comparison } from '../compare/comparison.ts';
import { noRarity } from '../compare/rarity.ts';
import { bitsOf } from '../model/bits.ts';
import { countFrequencies } from '../model/frequencies.ts';
import type { Lesson, Model, ModelComparison } from '../model/model.ts';
import { makeScorer } from '../model/scorer.ts';
import type { Registers } from '../registers/builder.ts';
import { chanceOf } from './chance.ts';
import { countLevels, type LevelShares, noneOf } from './estimate.ts';
import { expect } from './expectation.ts';
import { modelComparisons } from './model-levels.ts';
import { priorOdds } from './prior-odds.ts';
import { randomFrom } from './random.ts';
import { candidatePatterns, randomPatterns, rulePatterns } from './samples.ts';

export interface TrainOptions {
  readonly version: string;
  /** The day, which nobody asks a clock for here. */
  readonly date: string;
  readonly seed: number;
  readonly locale: string;
  readonly comparisons: readonly Comparison[];
  readonly rules: readonly BlockingRule[];
  readonly blockCap: number;
  /** Pairs drawn at random, pairs of each rule that teaches, and candidates from which the prior is told. */
  readonly randomPairs?: number;
  readonly lessonPairs?: number;
  readonly candidates?: number;
  /** By place, whose each register is, as far as that is known: what few people are called stands in no model. */
  readonly personOf?: ArrayLike<number>;
}

/** Fewer pairs teach nothing. */
const fewestPairs = 50;

/**
 * Learns from registers alone, without anybody's word on any pair, how those of one person and of two agree. The same for
 * the same registers and seed, whatever their order.
 */
export function train(registers: Registers, options: TrainOptions): Model {
  const { comparisons, rules, blockCap, seed } = options;
  const { columns } = registers;
  const { count } = columns;
  const flat = { prior: 0, levels: comparisons.map(({ levels }) => new Float64Array(levels.length + 1)) };
  const scorer = makeScorer(comparisons, columns, flat, noRarity(registers.words.length));
  const blocks = makeBlocks(columns, rules, blockCap);
  const sizes = comparisons.map(({ levels }) => levels.length);
  const priorM: LevelShares = comparisons.map(({ levels }) => levels.map(({ m }) => m));
  // Drawn again and again, the pairs of a few registers say no more than once.
  const wanted = Math.min(options.randomPairs ?? 500_000, (count * (count - 1)) / 2);
  const random = randomPatterns(comparisons, scorer, registers.ids, wanted, randomFrom(seed));
  const chance = chanceOf(countLevels(random.entries(), sizes), comparisons);

  const lessons: Lesson[] = [];
  const sums = noneOf(sizes);
  for (const [place, rule] of rules.entries()) {
    if (!rule.teaches) continue;
    const patterns = rulePatterns(comparisons, scorer, blocks, place, options.lessonPairs ?? 300_000);
    if (patterns.pairs < fewestPairs) continue;
    const fixed = new Set(rule.parts.flatMap(({ fields }) => fields));
    const taught = comparisons.map(({ field }) => !fixed.has(field));
    const { matches, counts, rounds } = expect(patterns.entries(), chance, priorM, taught);
    lessons.push({ rule: rule.name, pairs: patterns.pairs, matches, rounds });
    for (const [at, levels] of counts.entries()) {
      if (taught[at] !== true) continue;
      for (const [level, expected] of levels.entries()) (sums[at] as number[])[level]! += expected;
    }
  }

  const learnt = modelComparisons(comparisons, sums, countLevels(random.entries(), sizes), chance);
  const [candidates, share] = candidatePatterns(comparisons, scorer, blocks, options.candidates ?? 1_000_000);
  const odds = priorOdds(candidates.entries(), share, count, (levels) => weightOf(learnt, levels));
  return {
    ...{ version: options.version, date: options.date, seed, locale: options.locale },
    ...{ registers: count, randomPairs: random.pairs, lessons, prior: bitsOf(Math.log2(odds)) },
    ...{ comparisons: learnt, frequencies: countFrequencies(registers, options.personOf), blockCap },
  };
}

function weightOf(comparisons: readonly ModelComparison[], levels: readonly number[]): number {
  let bits = 0;
  for (const [place, level] of levels.entries()) bits += comparisons[place]?.levels[level - 1]?.weight ?? 0;
  return bits;
}
