import { DigestWords, signedDecimal } from '../digest.ts';
import { GuaritaError } from '../errors.ts';
import { BucketSums } from './bucket-sums.ts';
import { KeyColumns } from './keys.ts';
import type { Scan } from './view-snapshot.ts';
import {
  type DigestsRequest,
  type Listing,
  type ListRequest,
  maxBuckets,
  type ViewDescription,
  type ViewDigests,
} from './view-source.ts';

/** Count and digest of every bucket, the same on every engine: it scans, this sums. Throws `request-invalid`. */
export async function readDigests(
  { fingerprint, epoch }: ViewDescription,
  { buckets }: DigestsRequest,
  scan: Scan,
): Promise<ViewDigests> {
  requireBuckets(buckets);
  const sums = new BucketSums(buckets);
  const words = new DigestWords();
  await scan((line) => {
    words.read(line);
    sums.add(words);
  });
  return { counts: sums.counts, digests: sums.digests, fingerprint, epoch };
}

/**
 * Digest and key of each row in the wanted buckets.
 * @param budget most bytes of it. Throws `listing-too-large`, and `request-invalid` for buckets that there are not.
 */
export async function readListing(
  view: ViewDescription,
  { buckets, wanted }: ListRequest,
  budget: number,
  scan: Scan,
): Promise<Listing> {
  requireBuckets(buckets);
  const isWanted = new Uint8Array(buckets);
  for (const bucket of wanted) {
    if (!(Number.isInteger(bucket) && bucket >= 0 && bucket < buckets)) {
      throw new GuaritaError('request-invalid', `There is no bucket ${bucket} of ${buckets}.`);
    }
    isWanted[bucket] = 1;
  }
  const keys = new KeyColumns(view);
  const words = new DigestWords();
  const lines: Buffer[] = [];
  let bytes = 0;
  await scan((line) => {
    words.read(line);
    if (isWanted[words.low & (buckets - 1)] !== 1) return;
    const entry = Buffer.from(`${signedDecimal(words.high, words.low)}\t${keys.keyLine(line)}\n`);
    bytes += entry.length;
    if (bytes > budget) throw new GuaritaError('listing-too-large');
    lines.push(entry);
  });
  const { fingerprint, epoch } = view;
  return { lines: Buffer.concat(lines, bytes), rows: lines.length, fingerprint, epoch };
}

function requireBuckets(buckets: number): void {
  if (Number.isInteger(buckets) && buckets >= 1 && buckets <= maxBuckets && (buckets & (buckets - 1)) === 0) {
    return;
  }
  throw new GuaritaError('request-invalid', `The number of buckets is a power of two up to ${maxBuckets}.`);
}
