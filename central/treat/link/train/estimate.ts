/** Of each comparison, how many pairs were at each level, from level 1 on; expected numbers are no whole ones. */
export type LevelCounts = readonly (readonly number[])[];

/** Of each comparison, how likely each level is, level 0 left out. */
export type LevelShares = readonly (readonly number[])[];

type PatternEntries = readonly (readonly [levels: readonly number[], count: number])[];

export function countLevels(patterns: PatternEntries, levelsOf: readonly number[]): number[][] {
  const counts = noneOf(levelsOf);
  for (const [levels, count] of patterns) addLevels(counts, levels, count);
  return counts;
}

/** Nothing counted yet, by comparison and level. */
export function noneOf(levelsOf: readonly number[]): number[][] {
  return levelsOf.map((levels) => Array.from({ length: levels }, () => 0));
}

export function addLevels(counts: readonly number[][], levels: readonly number[], count: number): void {
  for (const [place, level] of levels.entries()) {
    if (level > 0) (counts[place] as number[])[level - 1]! += count;
  }
}

/** Shares of counts, with so many pairs' worth of what was held likely before: none of them is zero. */
export function sharesOf(counts: LevelCounts, prior: LevelShares, worth: number): number[][] {
  return counts.map((levels, place) => {
    const before = prior[place] ?? [];
    const sum = levels.reduce((all, count) => all + count, 0);
    const likely = before.reduce((all, share) => all + share, 0);
    return levels.map((count, level) => (count + (worth * (before[level] ?? 0)) / likely) / (sum + worth));
  });
}
