import type { Blocks } from '../block/blocks.ts';
import { type BlockRange, eachPair } from '../block/pairs.ts';
import { comparisonsOf } from '../compare/comparisons.ts';
import type { Rarity } from '../compare/rarity.ts';
import { makeScorer, type Weights } from '../model/scorer.ts';
import { vetoCode } from '../model/veto.ts';
import type { Columns } from '../registers/columns.ts';
import type { OwnColumn } from '../registers/register.ts';
import { PairsBuilder, type ScoredPairs } from './scored-pairs.ts';

/** What is the same for all who score: data alone, so that a thread can be given it. */
export interface ScoringTask {
  readonly columns: Columns;
  readonly own: readonly OwnColumn[];
  readonly blocks: Blocks;
  readonly weights: Weights;
  readonly rarity: Rarity;
  /** Bits from which on a pair is kept. */
  readonly least: number;
}

export interface ScoredRanges {
  readonly pairs: ScoredPairs;
  /** Pairs that were looked at. */
  readonly compared: number;
}

/** Scores ranges of blocks for as long as `next` gives one. */
export function scoreRanges(task: ScoringTask, next: () => BlockRange | undefined): ScoredRanges {
  const { columns, own, blocks, weights, rarity, least } = task;
  const scorer = makeScorer(comparisonsOf(own), columns, weights, rarity);
  const found = new PairsBuilder();
  let compared = 0;
  for (let range = next(); range !== undefined; range = next()) {
    eachPair(blocks, range, (a, b) => {
      compared++;
      const weight = scorer.weigh(a, b);
      if (weight >= least) found.push(a, b, weight, vetoCode(scorer.veto()));
    });
  }
  return { pairs: found.done(), compared };
}
