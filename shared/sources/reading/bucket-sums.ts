import { type DigestWords, signedDecimal } from './row-digest.ts';

/**
 * Count and sum of row digests by bucket. A row's bucket is its digest modulo the number of buckets, a power of two,
 * so its low bits. The sums are kept as two words with carry: 24 million rows are not worth as many BigInts.
 */
export class BucketSums {
  readonly #mask: number;
  readonly #counts: Uint32Array;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;

  constructor(buckets: number) {
    this.#mask = buckets - 1;
    this.#counts = new Uint32Array(buckets);
    this.#high = new Uint32Array(buckets);
    this.#low = new Uint32Array(buckets);
  }

  add({ high, low }: Pick<DigestWords, 'high' | 'low'>): void {
    const bucket = low & this.#mask;
    const sum = (this.#low[bucket] ?? 0) + low;
    this.#low[bucket] = sum;
    this.#high[bucket] = (this.#high[bucket] ?? 0) + high + (sum > 0xffff_ffff ? 1 : 0);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  get counts(): number[] {
    return [...this.#counts];
  }

  /** Modulo 2^64, as signed decimal. */
  get digests(): string[] {
    return Array.from(this.#high, (high, bucket) => signedDecimal(high, this.#low[bucket] ?? 0));
  }
}
