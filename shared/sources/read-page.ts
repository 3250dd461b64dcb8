import { GuaritaError } from '../errors.ts';
import {
  type Cursor,
  type CursorScope,
  decodeCursor,
  encodeCursor,
  type Position,
  startCursor,
} from '../watermark.ts';
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
  /** Whether a watermark is less than another. */
  isBefore(watermark: string, other: string): Promise<boolean>;
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
  const cursor = request.after === null ? startCursor : decodeCursor(scope, request.after);
  if (request.until !== null) await reader.checkBound(request.until);
  const until = request.until ?? (await reader.bound());
  const resume = cursor.at === null ? await beginCycle(cursor, until, reader) : cursor.resume;
  const page = new PageBuilder(limits.bytes, Math.min(limits.rows, request.limit ?? limits.rows));
  const stretches = stretchesFrom(reader.dialect, keysetOf(view), cursor, until);
  const { at, exhausted } = await fill(page, view.name, stretches, cursor.at, reader);
  const next: Cursor = exhausted
    ? { from: resume, at: null, resume: null }
    : { from: cursor.from, at, resume };
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

/**
 * Where the cycle after this one begins. A bound before this cycle's own begin says that time went back in the
 * source: it was restored, reloaded or its clock was set. Then it is another history, to be read from its start.
 */
async function beginCycle(
  { from }: Cursor,
  until: string | null,
  reader: PageReader,
): Promise<string | null> {
  if (from !== null && until !== null && (await reader.isBefore(until, from))) {
    throw new GuaritaError('epoch-changed', 'Its greatest watermark is before what was read already.');
  }
  return reader.following(from, until);
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
