import type { KeyText, ViewSource } from '../../shared/sources/view-source.ts';
import { decodeLines, type PageRow } from './copy-lines.ts';
import { checkProof } from './proven.ts';

/** Count and sum by bucket, computed here from the digests of rows. */
export function sumsOf(digests: readonly string[], buckets: number): { counts: number[]; digests: string[] } {
  const counts = Array.from({ length: buckets }, () => 0);
  const sums = Array.from({ length: buckets }, () => 0n);
  for (const digest of digests) {
    const bucket = bucketOf(digest, buckets);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    sums[bucket] = (sums[bucket] ?? 0n) + BigInt(digest);
  }
  return { counts, digests: sums.map((sum) => BigInt.asIntN(64, sum).toString()) };
}

export function bucketOf(digest: string, buckets: number): number {
  return Number(BigInt.asUintN(64, BigInt(digest)) % BigInt(buckets));
}

export async function digestsOf(source: ViewSource, view: string, buckets: number) {
  const { counts, digests } = await source.digests(view, { buckets });
  return { counts: [...counts], digests: [...digests] };
}

/** The rows of a listing; their fields are those of the key. */
export async function listRows(
  source: ViewSource,
  view: string,
  buckets: number,
  wanted: readonly number[] = Array.from({ length: buckets }, (_, bucket) => bucket),
): Promise<PageRow[]> {
  const listing = await source.list(view, { buckets, wanted });
  const rows = decodeLines(listing.lines);
  if (rows.length !== listing.rows) throw new Error(`${listing.rows} rows announced, ${rows.length} given`);
  return rows;
}

export interface Answers {
  readonly rows: readonly PageRow[];
  /** How many keys each answer had. */
  readonly answered: readonly number[];
  /** Bytes of each answer. */
  readonly bytes: readonly number[];
}

/** Looks keys up to the last, as a collector does, checking what holds of every answer. */
export async function lookUp(
  source: ViewSource,
  view: string,
  keys: readonly (readonly KeyText[])[],
): Promise<Answers> {
  const rows: PageRow[] = [];
  const [answered, bytes]: [number[], number[]] = [[], []];
  for (let done = 0; done < keys.length; ) {
    const answer = await source.lookup(view, { keys: keys.slice(done) });
    const decoded = decodeLines(answer.lines);
    if (decoded.length !== answer.rows) throw new Error(`${answer.rows} announced, ${decoded.length} given`);
    if (answer.answered < 1 || answer.answered > keys.length - done)
      throw new Error('answered too few, or many');
    for (const row of decoded) {
      if (row.digest !== row.computedDigest)
        throw new Error(`digest ${row.digest} is not ${row.computedDigest}`);
    }
    checkProof(view, answer, decoded);
    rows.push(...decoded);
    answered.push(answer.answered);
    bytes.push(answer.lines.length);
    done += answer.answered;
  }
  return { rows, answered, bytes };
}

/** Rows that are there, and keys of which is said that there is none. */
export function parted(rows: readonly PageRow[]): { there: PageRow[]; gone: PageRow[] } {
  return {
    there: rows.filter((row) => row.mark !== '{-1}'),
    gone: rows.filter((row) => row.mark === '{-1}'),
  };
}

/** Digests in an order of their own. */
export function digestsIn(rows: readonly PageRow[]): string[] {
  return rows.map((row) => row.digest).sort();
}
