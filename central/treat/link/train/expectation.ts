import { addLevels, type LevelShares, noneOf, sharesOf } from './estimate.ts';

type PatternEntries = readonly (readonly [levels: readonly number[], count: number])[];

export interface Expectation {
  /** Pairs of one person, as a share of all. */
  readonly matches: number;
  /** Of those, how many are at which level. */
  readonly counts: readonly (readonly number[])[];
  readonly rounds: number;
}

const mostRounds = 200;
const settled = 1e-6;
/** Pairs' worth of what is held likely beforehand. */
export const priorWorth = 2;

/**
 * How registers of one person agree in pairs of which nobody knows whether they are (EM): those that agree as two people
 * would by chance (`u`, which stays) tell nothing, the others how one person's do.
 *
 * @param taught by comparison, whether the pairs are free to differ there; the others are not looked at
 */
export function expect(
  patterns: PatternEntries,
  u: LevelShares,
  prior: LevelShares,
  taught: readonly boolean[],
): Expectation {
  const pairs = patterns.reduce((sum, [, count]) => sum + count, 0);
  let m = prior;
  let matches = 0.3;
  let counts: number[][] = [];
  let rounds = 0;
  for (let change = 1; change > settled && rounds < mostRounds; rounds++) {
    const ratios = m.map((levels, place) => levels.map((share, level) => share / (u[place]?.[level] ?? 1)));
    counts = noneOf(prior.map(({ length }) => length));
    let sum = 0;
    for (const [levels, count] of patterns) {
      let odds = matches / (1 - matches);
      for (const [place, level] of levels.entries()) {
        if (level > 0 && taught[place] === true) odds *= ratios[place]?.[level - 1] ?? 1;
      }
      const likely = Number.isFinite(odds) ? odds / (1 + odds) : 1;
      sum += count * likely;
      addLevels(counts, levels, count * likely);
    }
    const next = Math.min(1 - 1e-6, Math.max(1e-9, sum / pairs));
    change = Math.abs(next - matches);
    const after = sharesOf(counts, prior, priorWorth);
    for (const [place, levels] of after.entries()) {
      if (taught[place] !== true) continue;
      for (const [level, share] of levels.entries())
        change = Math.max(change, Math.abs(share - (m[place]?.[level] ?? 0)));
    }
    [matches, m] = [next, after];
  }
  return { matches, counts, rounds };
}
