import { GuaritaError } from '../../errors.ts';
import { fitsCursor, type Position } from './cursor.ts';
import type { Stretch } from './keyset.ts';
import type { PageBuilder } from './page-builder.ts';
import { completeTie, continueTie } from './tie.ts';
import type { Progress, RowsRead, ViewSnapshot } from './view-snapshot.ts';

/**
 * Fills a page from the stretches of an order, one after the other, from a position on. A page ends only at a row
 * whose position a cursor can hold: rows behind the last such one are left to the next page. Rows that the database
 * calls equal there are not parted, see `tie.ts`. Throws `source-failed` where there is no such row in a whole page: then the view cannot be read by pages.
 * @param lineBytes mean bytes of a line by view, kept from page to page: how many rows to ask for
 */
export async function fillPage(
  page: PageBuilder,
  stretches: readonly Stretch[],
  begin: Position | null,
  snapshot: ViewSnapshot,
  lineBytes: Map<string, number>,
): Promise<Progress> {
  const { name } = snapshot.description;
  const ended = (at: Position | null): Progress => {
    requireProgress(begin, at);
    return { at, exhausted: false };
  };
  let at = begin;
  for (const stretch of stretches) {
    if (at?.within !== undefined && stretch.holds(at)) {
      at = await continueTie(page, snapshot, { position: at, where: stretch.equal(at) });
      if (page.rows > 0) lineBytes.set(name, page.meanLineBytes);
      if (at.within !== undefined) return ended(at);
    }
    // Grows where all the rows that were asked for have keys that no page can end at.
    let times = 1;
    for (;;) {
      const asked = page.rowsToAsk(lineBytes.get(name) ?? 0, times);
      if (asked === 0) return ended(at);
      const where = stretch.where(at !== null && stretch.holds(at) ? at : null);
      const read = await snapshot.rows(where, stretch.orderBy, asked, page);
      if (page.rows > 0) lineBytes.set(name, page.meanLineBytes);
      if (!read.isUsable) return { at: begin, exhausted: false, again: page.rows };
      const { position, behind } = await lastPosition(read);
      at = position ?? at;
      if (!page.full && read.received < asked) break;
      page.drop(behind);
      if (position !== null) {
        at = await completeTie(page, snapshot, { position, where: stretch.equal(position) });
        if (at.within !== undefined) return ended(at);
      }
      if (page.full || (behind > 0 && page.rows > 0)) return ended(at);
      if (behind === 0) continue;
      times *= 4;
      if (page.rowsToAsk(lineBytes.get(name) ?? 0, times) <= asked) return ended(at);
    }
  }
  return { at, exhausted: true };
}

/** Throws `source-failed` unless a page that is not the last of its cycle ends behind where it began. */
export function requireProgress(begin: Position | null, at: Position | null): void {
  if (at !== begin) return;
  throw new GuaritaError(
    'source-failed',
    'As chaves de uma página inteira são longas demais para seguir delas.',
  );
}

/** Where the next page can go on, and how many of the rows that were taken lie behind that. */
async function lastPosition(read: RowsRead): Promise<{ position: Position | null; behind: number }> {
  let behind = 0;
  for await (const position of read.positions()) {
    if (position !== null && fitsCursor(position)) return { position, behind };
    behind++;
  }
  return { position: null, behind };
}
