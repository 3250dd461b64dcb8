import type { Blocks } from '../block/blocks.ts';
import { type BlockRange, blockRanges, eachPair } from '../block/pairs.ts';
import { compareIds } from '../cluster/persons.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { Scorer } from '../model/scorer.ts';
import { Patterns } from './patterns.ts';

/** Pairs drawn at random: nearly all of two people. The same whatever the order in which registers came. */
export function randomPatterns(
  comparisons: readonly Comparison[],
  scorer: Scorer,
  ids: readonly string[],
  wanted: number,
  random: () => number,
): Patterns {
  const patterns = new Patterns(comparisons);
  if (ids.length < 2) return patterns;
  const order = Uint32Array.from(ids.keys()).sort((x, y) => compareIds(ids, x, y));
  const draw = (): number => order[Math.floor(random() * order.length)] as number;
  for (let pair = 0; pair < wanted; pair++) {
    const [a, b] = [draw(), draw()];
    if (a === b) continue;
    scorer.weigh(a, b);
    patterns.add(scorer);
  }
  return patterns;
}

/** Of a rule's pairs, also those that an earlier one has found; of many, every so many-th block range. */
export function rulePatterns(
  comparisons: readonly Comparison[],
  scorer: Scorer,
  blocks: Blocks,
  rule: number,
  wanted: number,
): Patterns {
  const alone: Blocks = {
    ...blocks,
    order: blocks.order.map((order, place) => (place === rule ? order : order.subarray(0, 0))),
  };
  const ranges = blockRanges(alone, 1000);
  const step = Math.max(1, Math.round((ranges.length * 1000) / wanted));
  return patternsOf(comparisons, scorer, blocks, everyNth(ranges, step), 0);
}

/** Of all candidates, or every so many-th block range of them; and which share of them that is. */
export function candidatePatterns(
  comparisons: readonly Comparison[],
  scorer: Scorer,
  blocks: Blocks,
  wanted: number,
): readonly [Patterns, number] {
  const ranges = blockRanges(blocks, 1000);
  const step = Math.max(1, Math.round((ranges.length * 1000) / wanted));
  const patterns = patternsOf(comparisons, scorer, blocks, everyNth(ranges, step), null);
  return [patterns, 1 / step];
}

function patternsOf(
  comparisons: readonly Comparison[],
  scorer: Scorer,
  blocks: Blocks,
  ranges: readonly BlockRange[],
  earlier: 0 | null,
): Patterns {
  const patterns = new Patterns(comparisons);
  for (const range of ranges) {
    eachPair(
      blocks,
      range,
      (a, b) => {
        scorer.weigh(a, b);
        patterns.add(scorer);
      },
      earlier ?? range.rule,
    );
  }
  return patterns;
}

function everyNth(ranges: readonly BlockRange[], step: number): readonly BlockRange[] {
  return ranges.filter((_, place) => place % step === 0);
}
