import type { Comparison } from '../compare/comparison.ts';
import type { LevelCounts } from './estimate.ts';

/** Seen less often among random pairs, a level's share is no better than the one that was held likely before. */
const fewest = 5;

/**
 * How likely two people agree at each level, by what pairs at random came to. The levels of numbers that nobody shares
 * stay as they were: of the random pairs that have them, most are one person's.
 */
export function chanceOf(counts: LevelCounts, comparisons: readonly Comparison[]): number[][] {
  return counts.map((levels, place) => {
    const sum = levels.reduce((all, count) => all + count, 0);
    const before = comparisons[place]?.levels ?? [];
    return levels.map((count, level) => {
      const { u, unshared } = before[level] ?? { u: 0.5 };
      if (sum === 0 || unshared === true) return u;
      if (count >= fewest) return count / sum;
      return Math.min(u, Math.max(1, count) / sum);
    });
  });
}

/** Whether a level's share is what it was before. */
export function isKept(counts: readonly number[], level: number, isUnshared: boolean): boolean {
  return isUnshared || (counts[level] ?? 0) < fewest;
}
