import type { Comparison } from '../compare/comparison.ts';
import { bitsOf } from '../model/bits.ts';
import type { ModelComparison, ModelLevel } from '../model/model.ts';
import { isKept } from './chance.ts';
import { type LevelCounts, sharesOf } from './estimate.ts';
import { priorWorth } from './expectation.ts';

/** Fewer expected pairs of one person say nothing of a level. */
const fewestMatches = 3;

/** What each level weighs, and how sure that is. A comparison that nothing taught keeps what was held likely before. */
export function modelComparisons(
  comparisons: readonly Comparison[],
  seenM: LevelCounts,
  seenU: LevelCounts,
  chance: readonly (readonly number[])[],
): readonly ModelComparison[] {
  const prior = comparisons.map(({ levels }) => levels.map(({ m }) => m));
  const shares = sharesOf(seenM, prior, priorWorth);
  return comparisons.map(({ name, levels }, place) => {
    const matches = seenM[place] ?? [];
    const others = seenU[place] ?? [];
    const [sumM, sumU] = [sumOf(matches), sumOf(others)];
    return {
      name,
      levels: levels.map((level, at): ModelLevel => {
        const [countM, countU] = [matches[at] ?? 0, others[at] ?? 0];
        const keptM = countM < fewestMatches;
        const keptU = isKept(others, at, level.unshared === true);
        const u = chance[place]?.[at] ?? level.u;
        // What was never seen is at most as likely as once among those that were.
        const m = keptM
          ? sumM === 0
            ? level.m
            : Math.min(level.m, fewestMatches / sumM)
          : (shares[place]?.[at] ?? level.m);
        const error =
          keptM || keptU ? null : Math.sqrt((1 - m) / (m * sumM) + (1 - u) / (u * sumU)) / Math.LN2;
        const kept = keptM ? (keptU ? 'both' : 'm') : keptU ? 'u' : 'none';
        const weight = bitsOf(
          kept === 'both' && !level.unshared ? Math.log2(level.m / level.u) : Math.log2(m / u),
        );
        return { name: level.name, m, u, weight, error, seenM: countM, seenU: countU, kept };
      }),
    };
  });
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
