import { GuaritaError } from '../../../shared/errors.ts';
import { type KeyText, maxBuckets, type ViewDigests } from '../../../shared/sources/view-source.ts';
import { bucketDigests, differingKeys } from '../../base/source-layer/reconcile.ts';
import { noCounts, type ViewCounts } from '../../state/runs.ts';
import { patiently } from '../patience.ts';
import { findGone, type Keys, lookUp, requireSame } from './look-up.ts';
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
 * Of which rows the source has no word any more is known, and weighed as a whole, before the first is marked; then it
 * is asked for these once more. Throws `view-shrank` when they are too many, and when the source has too few rows to
 * begin with: then nothing is loaded, either. Throws `epoch-changed` and `schema-changed`, and the errors of ViewSource
 * and Base.
 * @param always goes on however much differs
 */
export async function reconcileView(turn: ViewTurn, always = false): Promise<ReconcileOutcome> {
  const started = performance.now();
  const { source, base, target, judge, stop, limits = usualLimits } = turn;
  const buckets = bucketsFor(target.rows);
  const [theirs, ours] = await Promise.all([
    patiently(turn, () => source.digests(target.view.name, { buckets, signal: stop })),
    bucketDigests(base, target, buckets),
  ]);
  requireSame(theirs, target);
  const rows = theirs.counts.reduce((sum, count) => sum + count, 0);
  const groups = differingGroups(theirs, ours, limits.rowsPerListing);
  let found = noCounts;
  const counts = (): ViewCounts => ({
    ...found,
    rows,
    unchanged: Math.max(0, rows - found.new - found.changed - found.quarantined - found.forgotten),
    seconds: (performance.now() - started) / 1000,
  });
  const eachOf = async (places: Iterable<[number, number[]]>, work: Work): Promise<boolean> => {
    for (const [place, group] of places) {
      for (const keys of await keysOf(turn, buckets, group)) {
        if (stop.aborted) return false;
        await work(keys, place);
        turn.onProgress(counts());
      }
    }
    return !stop.aborted;
  };
  const stopped = () => ({ kind: 'stopped' as const, counts: counts() });

  if (!judge.allows(ours.rows - rows)) {
    // What a person is asked about are the rows that would be marked, not how many more others came.
    let lost = 0;
    const count = (gone: Keys) => void (lost += gone.length);
    if (!(await eachOf(groups.entries(), (keys) => findGone(turn, keys, count)))) return stopped();
    judge.weigh(lost, ours.rows);
  }
  if (groups.length > limits.mostListings && !always) return { kind: 'read-anew' };
  const gone = new GoneKeys(groups.length, limits.rowsPerListing);
  const mended = await eachOf(groups.entries(), async (keys, place) => {
    found = await lookUp(turn, keys, found, (named) => gone.add(place, named));
  });
  if (!mended) return stopped();
  judge.weigh(gone.count, ours.rows);
  const { quarantined, forgotten } = found;
  const mark = async (keys: Keys) => {
    // Those that are bad still, and those that name whom we must not know, were counted above.
    found = { ...(await lookUp(turn, keys, found)), quarantined, forgotten };
    turn.onProgress(counts());
  };
  await mark(gone.kept());
  const unkept = [...groups.entries()].filter(([place]) => !gone.keeps(place));
  return (await eachOf(unkept, mark)) ? { kind: 'complete', counts: counts() } : stopped();
}

type Work = (keys: Keys, place: number) => Promise<void>;

/** Keys that are gone, by the group in which they were found; of groups that have too many to be kept, their number. */
class GoneKeys {
  #count = 0;
  readonly #most: number;
  readonly #groups: (Keys[] | null)[];

  constructor(groups: number, most: number) {
    this.#groups = Array.from({ length: groups }, () => []);
    this.#most = most;
  }

  get count(): number {
    return this.#count;
  }

  add(place: number, keys: Keys): void {
    if (keys.length === 0) return;
    this.#count += keys.length;
    if (this.#count > this.#most) this.#groups[place] = null;
    else this.#groups[place]?.push(keys);
  }

  keeps(place: number): boolean {
    return this.#groups[place] !== null;
  }

  kept(): Keys {
    return this.#groups.flatMap((parts) => parts?.flat() ?? []);
  }
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
