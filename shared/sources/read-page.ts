import { type Cursor, type CursorScope, decodeCursor, encodeCursor, type Position } from '../watermark.ts';
import { type KeysetDialect, type KeysetView, type Stretch, stretchesFrom } from './keyset.ts';
import { PageBuilder } from './page-builder.ts';
import type { Page, PageRequest, ViewDescription } from './view-source.ts';

/** Limits of a page; see `pages` in the agent's configuration. */
export interface PageLimits {
  readonly bytes: number;
  readonly rows: number;
}

/** What a page needs of an engine, all of it in one snapshot of the database. */
export interface PageReader {
  readonly dialect: KeysetDialect;
  /** Mean bytes of a line by view, kept by the engine from page to page: how many rows to ask for. */
  readonly lineBytes: Map<string, number>;
  /** The bound of a cycle that begins now: the database's clock less the settle time, or the greatest value. */
  bound(): Promise<string | null>;
  /** Throws `bound-invalid` unless the bound that a caller gave is a value of the watermark. */
  checkBound(until: string): Promise<void>;
  /** Where the next cycle begins: one overlap before the bound, but never before `from`. */
  following(from: string | null, until: string | null): Promise<string | null>;
  /**
   * Reads at most `limit` rows in order into the page, until it is full.
   * `received` is what the database gave, `last` the position of the last row taken, if any was.
   */
  rows(
    where: string,
    orderBy: string,
    limit: number,
    page: PageBuilder,
  ): Promise<{ received: number; last: Position | null }>;
}

/** One page, the same on every engine: cursor in, rows by the engine, cursor out. */
export async function readPage(
  view: ViewDescription,
  request: PageRequest,
  limits: PageLimits,
  reader: PageReader,
): Promise<Page> {
  const scope: CursorScope = { ...view, view: view.name, keyLength: view.key.length };
  const cursor: Cursor =
    request.after === null ? { from: null, at: null } : decodeCursor(scope, request.after);
  if (request.until !== null) await reader.checkBound(request.until);
  const until = request.until ?? (await reader.bound());
  const page = new PageBuilder(limits.bytes, Math.min(limits.rows, request.limit ?? limits.rows));
  const stretches = stretchesFrom(reader.dialect, keysetOf(view), cursor, until);
  const { at, exhausted } = await fill(page, view.name, stretches, cursor.at, reader);
  const next: Cursor = exhausted
    ? { from: await reader.following(cursor.from, until), at: null }
    : { from: cursor.from, at };
  return {
    lines: page.finish(),
    rows: page.rows,
    next: encodeCursor(scope, next),
    until,
    complete: exhausted,
    fingerprint: view.fingerprint,
    epoch: view.epoch,
  };
}

async function fill(
  page: PageBuilder,
  view: string,
  stretches: readonly Stretch[],
  begin: Position | null,
  reader: PageReader,
): Promise<{ at: Position | null; exhausted: boolean }> {
  let at = begin;
  for (const stretch of stretches) {
    let received: number;
    let asked: number;
    do {
      asked = page.rowsToAsk(reader.lineBytes.get(view) ?? 0);
      if (asked === 0) return { at, exhausted: false };
      const where = stretch.where(at !== null && stretch.holds(at) ? at : null);
      const result = await reader.rows(where, stretch.orderBy, asked, page);
      received = result.received;
      at = result.last ?? at;
      if (page.rows > 0) reader.lineBytes.set(view, page.meanLineBytes);
      if (page.full) return { at, exhausted: false };
    } while (received >= asked);
  }
  return { at, exhausted: true };
}

function keysetOf(view: ViewDescription): KeysetView {
  const watermark = view.columns.find((column) => column.name === view.watermark);
  return { key: view.key, watermark: view.watermark, watermarkNullable: watermark?.nullable ?? true };
}
