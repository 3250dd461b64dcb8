/** A share, and between what it lies with 95 % likelihood (Wilson), as far as what was counted is independent. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

const z = 1.959964;

/** Of nothing the share is 1, and could be anything. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { share: 1, low: 0, high: 1, of };
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return {
    share,
    low: Math.max(0, Math.min(share, middle - half)),
    high: Math.min(1, Math.max(share, middle + half)),
    of,
  };
}

/**
 * The mean of values of 0 to 1, by groups whose values hang together: what is independent is the groups.
 *
 * @param sums of the values of each group
 * @param sizes how many they are
 * @returns of nothing 1, that could be anything
 */
export function meanOf(sums: Float64Array, sizes: Int32Array | Float64Array): Share {
  const of = sumOf(Float64Array.from(sizes));
  if (of === 0) return shareOf(0, 0);
  const mean = Math.min(1, sumOf(sums) / of);
  const squares = sumOf(sums.map((sum, place) => (sum - mean * (sizes[place] as number)) ** 2));
  const groups = sizes.length;
  const variance = groups < 2 ? 0 : ((groups / (groups - 1)) * squares) / (of * of);
  // Where all groups are alike they say no more than so many answers do.
  const worth = variance > 1e-12 ? Math.min(of, (mean * (1 - mean)) / variance) : groups;
  return { ...shareOf(mean * worth, worth), share: mean, of };
}

/** The same in whatever order they come, to the last digit. */
function sumOf(values: Float64Array): number {
  return values.toSorted().reduce((sum, value) => sum + value, 0);
}
