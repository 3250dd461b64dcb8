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
