type PatternEntries = readonly (readonly [levels: readonly number[], count: number])[];

const rounds = 50;

/**
 * How likely two registers are one person's: as many pairs as the candidates are expected to have, over all pairs there
 * are. Which pairs those are depends on it in turn, so it is asked again until it stays.
 *
 * @param patterns of candidates, of which `sampled` is the share that was looked at
 * @param weightOf bits of a pattern, without a prior
 * @returns odds
 */
export function priorOdds(
  patterns: PatternEntries,
  sampled: number,
  registers: number,
  weightOf: (levels: readonly number[]) => number,
): number {
  const all = (registers * (registers - 1)) / 2;
  const weighed = patterns.map(([levels, count]) => [2 ** weightOf(levels), count] as const);
  let odds = 1 / Math.max(2, registers);
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const [ratio, count] of weighed) sum += (count * ratio * odds) / (1 + ratio * odds);
    const matches = Math.max(1, sum / sampled);
    odds = matches / Math.max(1, all - matches);
  }
  return odds;
}
