import { GuaritaError } from '../../errors.ts';
import {
  type DigestsRequest,
  type Listing,
  type ListRequest,
  maxBuckets,
  type ViewDescription,
  type ViewDigests,
} from '../view-source.ts';
import { BucketSums } from './bucket-sums.ts';
import { KeyColumns } from './keys.ts';
import { DigestWords, signedDecimal } from './row-digest.ts';
import type { Scan } from './view-snapshot.ts';

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
 * @param pageBytes byte budget of a page; a listing, which costs a pass over the view, may be twice that
 * Throws `listing-too-large`, and `request-invalid` for buckets that there are not.
 */
export async function readListing(
  view: ViewDescription,
  { buckets, wanted }: ListRequest,
  pageBytes: number,
  scan: Scan,
): Promise<Listing> {
  requireBuckets(buckets);
  const budget = 2 * pageBytes;
  const isWanted = new Uint8Array(buckets);
  for (const bucket of wanted) {
    if (!(Number.isInteger(bucket) && bucket >= 0 && bucket < buckets)) {
      throw new GuaritaError('request-invalid', `Não há a parte ${bucket} de ${buckets}.`);
    }
    isWanted[bucket] = 1;
  }
  const keys = new KeyColumns(view);
  const words = new DigestWords();
  // At once, like a page: what is not written to is never backed by memory.
  const lines = Buffer.allocUnsafeSlow(budget);
  let bytes = 0;
  let rows = 0;
  await scan((line) => {
    words.read(line);
    if (isWanted[words.low & (buckets - 1)] !== 1) return;
    const entry = `${signedDecimal(words.high, words.low)}\t${keys.keyLine(line)}\n`;
    if (bytes + Buffer.byteLength(entry) > budget) throw new GuaritaError('listing-too-large');
    bytes += lines.write(entry, bytes);
    rows++;
  });
  const { fingerprint, epoch } = view;
  return { lines: lines.subarray(0, bytes), rows, fingerprint, epoch };
}

function requireBuckets(buckets: number): void {
  if (Number.isInteger(buckets) && buckets >= 1 && buckets <= maxBuckets && (buckets & (buckets - 1)) === 0) {
    return;
  }
  throw new GuaritaError('request-invalid', `O número de partes é uma potência de dois até ${maxBuckets}.`);
}
