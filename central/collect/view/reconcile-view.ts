import { GuaritaError } from '../../../shared/errors.ts';
import { type KeyText, maxBuckets, type ViewDigests } from '../../../shared/sources/view-source.ts';
import { bucketDigests, differingKeys } from '../../base/source-layer/reconcile.ts';
import { noCounts, type ViewCounts } from '../../state/runs.ts';
import { patiently } from '../patience.ts';
import { lookUp, requireSame } from './look-up.ts';
import type { ReconcileLimits, ViewTurn } from './view-turn.ts';

const usualLimits: ReconcileLimits = { rowsPerListing: 200_000, mostListings: 4 };

export type ReconcileOutcome =
  | { readonly kind: 'complete' | 'stopped'; readonly counts: ViewCounts }
  /** So much differs that reading the view by pages is cheaper; nothing was done. */
  | { readonly kind: 'read-anew' };

/** Rows of a bucket when a view is divided: few enough to list, enough that the digests of all stay small. */
const rowsPerBucket = 64;
const fewestBuckets = 16;

/**
 * Compares a view with what the base holds of it, and mends the base: rows that it lacks, rows that changed without
 * their watermark, rows that the source no longer has. Both sides sum up their row digests by bucket, only buckets
 * that differ are listed, only rows that differ are looked up. What a lookup says is the source's own word on a key,
 * so that changes while this goes on cannot mislead it. It keeps no state: cut short, it is done again from its begin.
 *
 * Throws `view-shrank` before anything is marked when the source has too few rows, `epoch-changed` and
 * `schema-changed`, and the errors of ViewSource and Base.
 * @param always goes on however much differs
 */
export async function reconcileView(turn: ViewTurn, always = false): Promise<ReconcileOutcome> {
  const started = performance.now();
  const { source, base, target, stop, limits = usualLimits } = turn;
  const buckets = bucketsFor(target.rows);
  const [theirs, ours] = await Promise.all([
    patiently(turn, () => source.digests(target.view.name, { buckets, signal: stop })),
    bucketDigests(base, target, buckets),
  ]);
  requireSame(theirs, target);
  const rows = theirs.counts.reduce((sum, count) => sum + count, 0);
  const judged = { ...turn, judge: turn.judge.compare(ours.rows, rows) };
  const groups = differingGroups(theirs, ours, limits.rowsPerListing);
  if (groups.length > limits.mostListings && !always) return { kind: 'read-anew' };
  let found = noCounts;
  const counts = (): ViewCounts => ({
    ...found,
    rows,
    unchanged: Math.max(0, rows - found.new - found.changed - found.quarantined),
    seconds: (performance.now() - started) / 1000,
  });
  for (const group of groups) {
    for (const keys of await keysOf(turn, buckets, group)) {
      if (stop.aborted) return { kind: 'stopped', counts: counts() };
      found = await lookUp(judged, keys, found);
      turn.onProgress(counts());
    }
  }
  return { kind: 'complete', counts: counts() };
}

export function bucketsFor(rows: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, rows / rowsPerBucket)));
  return Math.min(maxBuckets, Math.max(fewestBuckets, wanted));
}

/** The buckets that differ, ascending, in groups that fit one listing each. */
function differingGroups(
  theirs: Pick<ViewDigests, 'counts' | 'digests'>,
  ours: { readonly counts: readonly number[]; readonly digests: readonly string[] },
  rowsPerListing: number,
): number[][] {
  const groups: number[][] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const [bucket, count] of theirs.counts.entries()) {
    const held = ours.counts[bucket] ?? 0;
    if (count === held && theirs.digests[bucket] === ours.digests[bucket]) continue;
    // Also what only the base has becomes keys to look up, and is held until then.
    const larger = Math.max(count, held);
    if (rows + larger > rowsPerListing) {
      groups.push([]);
      rows = 0;
    }
    groups.at(-1)?.push(bucket);
    rows += larger;
  }
  return groups;
}

/** Lists buckets, in two halves where the source says that they are too many, and compares them with the base. */
async function keysOf(turn: ViewTurn, buckets: number, wanted: number[]): Promise<KeyText[][][]> {
  const { source, base, target, stop } = turn;
  try {
    const listing = await patiently(turn, () =>
      source.list(target.view.name, { buckets, wanted, signal: stop }),
    );
    requireSame(listing, target);
    return [await differingKeys(base, target, listing, buckets, wanted)];
  } catch (error) {
    const tooLarge =
      error instanceof GuaritaError &&
      (error.code === 'listing-too-large' || error.code === 'response-too-large');
    if (!tooLarge || wanted.length === 1) throw error;
    const half = wanted.length >> 1;
    const first = await keysOf(turn, buckets, wanted.slice(0, half));
    return [...first, ...(await keysOf(turn, buckets, wanted.slice(half)))];
  }
}
