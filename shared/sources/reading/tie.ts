import { GuaritaError } from '../../errors.ts';
import type { Position } from './cursor.ts';
import type { PageBuilder } from './page-builder.ts';
import { rowDigest } from './row-digest.ts';
import { SmallestRows } from './smallest-rows.ts';
import type { ViewSnapshot } from './view-snapshot.ts';

/**
 * A tie: rows that the database calls equal in all columns of the order, though their texts differ (7 and 7.0, `mat-7`
 * and `MAT-7`) or their key is repeated. The next page begins behind all of them at once, so none may be left over.
 * Within a tie the order is that of the digests, which the database does not know: it is read in full, twice.
 */
export interface Tie {
  readonly position: Position;
  /** The condition for its rows. */
  readonly where: string;
}

/**
 * Sees to it that the tie at the end of a page is in it as a whole. Where it has no room for that, the tie is taken out,
 * for the next page; one that is alone in the page is given as far as there is room. Returns where the page is then.
 */
export async function completeTie(page: PageBuilder, snapshot: ViewSnapshot, tie: Tie): Promise<Position> {
  let rows = 0;
  await snapshot.lines(tie.where, 2, () => rows++);
  // Nearly always.
  if (rows === 1) return tie.position;
  const inPage = new Set(page.digestsFromEnd());
  const ofTie = new Set<string>();
  const smallest = new SmallestRows(page);
  await snapshot.lines(tie.where, Number.MAX_SAFE_INTEGER, (line) => {
    const digest = rowDigest(line);
    if (inPage.has(digest)) ofTie.add(digest);
    smallest.add(digest, line);
  });
  let taken = 0;
  for (const digest of page.digestsFromEnd()) {
    if (!ofTie.has(digest)) break;
    taken++;
  }
  if (taken === smallest.rows) return tie.position;
  page.drop(taken);
  const { all } = smallest.fitting();
  if (!all && page.rows > 0) return { ...tie.position, within: null };
  return push(page, snapshot, tie, smallest);
}

/** Goes on with the tie that a cursor lies in; the position without `within` when the rest of it is in the page. */
export async function continueTie(page: PageBuilder, snapshot: ViewSnapshot, tie: Tie): Promise<Position> {
  const smallest = new SmallestRows(page, tie.position.within ?? null);
  await snapshot.lines(tie.where, Number.MAX_SAFE_INTEGER, (line) => smallest.add(rowDigest(line), line));
  return push(page, snapshot, tie, smallest);
}

async function push(
  page: PageBuilder,
  snapshot: ViewSnapshot,
  { position: { watermark, key }, where }: Tie,
  smallest: SmallestRows,
): Promise<Position> {
  const { all, upTo } = smallest.fitting();
  page.reopen();
  await snapshot.lines(where, Number.MAX_SAFE_INTEGER, (line) => {
    const digest = rowDigest(line);
    if (!smallest.isAmong(digest, upTo) || page.push(line)) return;
    // Of rows that are alike to the last byte, more than a page holds say no more than those that it does.
    if (smallest.isFirst(digest)) return;
    throw new GuaritaError('source-failed', 'Linhas mudaram enquanto a página era lida.');
  });
  return all ? { watermark, key } : { watermark, key, within: upTo };
}
