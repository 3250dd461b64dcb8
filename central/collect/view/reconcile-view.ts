import { GuaritaError } from '../../../shared/errors.ts';
import { type KeyText, maxBuckets, type ViewDigests } from '../../../shared/sources/view-source.ts';
import { bucketDigests, differingKeys } from '../../base/source-layer/reconcile.ts';
import { lookUp, type LookUpOptions, requireSame } from './look-up.ts';
import { patiently } from '../patience.ts';
import { RemovalAllowance } from './removal-allowance.ts';
import { noCounts, type ViewCounts } from '../../state/runs.ts';

export interface ReconcileOptions extends LookUpOptions {
  readonly onProgress: (counts: ViewCounts) => void;
  /** Goes on however much differs. */
  readonly always?: boolean;
  readonly limits?: ReconcileLimits;
}

export interface ReconcileLimits {
  /** Rows of one listing, so that it fits two pages of 4 MiB; each listing is one pass over the view. */
  readonly rowsPerListing: number;
  /** More listings than this, and reading the view by pages is cheaper. */
  readonly mostListings: number;
}

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
 */
export async function reconcileView(options: ReconcileOptions): Promise<ReconcileOutcome> {
  const started = performance.now();
  const { source, base, target, stop, limits = usualLimits } = options;
  const buckets = bucketsFor(target.rows);
  const [theirs, ours] = await Promise.all([
    patiently(options, () => source.digests(target.view.name, { buckets, signal: stop })),
    bucketDigests(base, target, buckets),
  ]);
  requireSame(theirs, target);
  const rows = theirs.counts.reduce((sum, count) => sum + count, 0);
  const lost = ours.rows - rows;
  if (lost > options.allowance.left) {
    const members = { subject: String(lost) };
    throw new GuaritaError('view-shrank', `It had ${ours.rows} rows and has ${rows}.`, { members });
  }
  const groups = differingGroups(theirs, ours, limits.rowsPerListing);
  if (groups.length > limits.mostListings && options.always !== true) return { kind: 'read-anew' };
  const withoutLimit = { ...options, allowance: new RemovalAllowance(0, { share: 1, rows: 0 }, 'all') };
  let found = noCounts;
  const counts = (): ViewCounts => ({
    ...found,
    rows,
    unchanged: Math.max(0, rows - found.new - found.changed - found.quarantined),
    seconds: (performance.now() - started) / 1000,
  });
  for (const group of groups) {
    for (const keys of await keysOf(options, buckets, group)) {
      if (stop.aborted) return { kind: 'stopped', counts: counts() };
      // How much the view lost is known by now: what is gone of the keys in doubt is part of it, or was exchanged.
      found = await lookUp(withoutLimit, keys, found);
      options.onProgress(counts());
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
async function keysOf(options: ReconcileOptions, buckets: number, wanted: number[]): Promise<KeyText[][][]> {
  const { source, base, target, stop } = options;
  try {
    const listing = await patiently(options, () =>
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
    const first = await keysOf(options, buckets, wanted.slice(0, half));
    return [...first, ...(await keysOf(options, buckets, wanted.slice(half)))];
  }
}
