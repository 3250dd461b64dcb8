import { GuaritaError } from '../../../shared/errors.ts';
import type { Lines } from './staging.ts';

/** Rows of both sides that are compared at once: 0.05 to 0.1 s in process. */
const usualRows = 10_000;

/** Rows of a view's table: the key as the text of an array, the digest in decimal. */
export interface HeldRow {
  readonly key: string;
  readonly digest: string;
}

/** What a listing and the base have of some buckets. */
export interface ListingPart {
  readonly buckets: readonly number[];
  readonly listed: Lines;
  readonly held: readonly HeldRow[];
}

/**
 * Divides a listing and the base's own rows by their buckets, so that they can be compared a part at a time: the rows
 * of a bucket are in one part, on both sides. Throws `page-invalid` when the listing is not of these buckets, or has
 * another number of rows than it says.
 *
 * @param buckets how many there are, a power of two
 * @param wanted those of the listing
 * @param rowsAtOnce most rows of a part, unless one bucket alone has more
 */
export function partsOf(
  listing: Lines,
  held: readonly HeldRow[],
  buckets: number,
  wanted: readonly number[],
  rowsAtOnce = usualRows,
): ListingPart[] {
  const lines = [...linesOf(listing)];
  const bucketOf = (digest: string) => Number(BigInt(digest) & BigInt(buckets - 1));
  const sides = new Map(wanted.map((bucket) => [bucket, { lines: [] as Buffer[], held: [] as HeldRow[] }]));
  for (const { line, digest } of lines) {
    const side = sides.get(bucketOf(digest));
    if (side === undefined) throw new GuaritaError('page-invalid', 'Lista linhas de outras partes.');
    side.lines.push(line);
  }
  for (const row of held) sides.get(bucketOf(row.digest))?.held.push(row);
  const parts: { buckets: number[]; lines: Buffer[]; held: HeldRow[] }[] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const [bucket, side] of sides) {
    rows += side.lines.length + side.held.length;
    let part = parts.at(-1);
    if (part === undefined || rows > rowsAtOnce) {
      part = { buckets: [], lines: [], held: [] };
      parts.push(part);
      rows = side.lines.length + side.held.length;
    }
    part.buckets.push(bucket);
    part.lines.push(...side.lines);
    part.held.push(...side.held);
  }
  return parts.map(({ buckets, lines, held }) => ({
    ...{ buckets, held },
    listed: { lines: Buffer.concat(lines), rows: lines.length },
  }));
}

/** Each line with its newline, and the digest that it begins with. */
function* linesOf({ lines, rows }: Lines): Generator<{ readonly line: Buffer; readonly digest: string }> {
  let found = 0;
  for (let start = 0; start < lines.length; found++) {
    const newline = lines.indexOf(10, start);
    const end = newline === -1 ? lines.length : newline + 1;
    const line = lines.subarray(start, end);
    const digest = line.toString('latin1', 0, Math.max(0, line.indexOf(9)));
    if (!/^-?\d{1,19}$/.test(digest)) throw new GuaritaError('page-invalid', 'Uma linha não tem resumo.');
    yield { line, digest };
    start = end;
  }
  if (found !== rows) throw new GuaritaError('page-invalid', `Diz ${rows} linhas e tem ${found}.`);
}
