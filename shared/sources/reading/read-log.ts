import { KeyAnswers } from './answer-keys.ts';
import { fitsCursor, type Position } from './cursor.ts';
import { requireProgress } from './fill-page.ts';
import { byWatermark } from './keyset.ts';
import type { PageBuilder } from './page-builder.ts';
import { rowDigest } from './row-digest.ts';
import type { LogEntry, LogReader, Progress, ViewSnapshot } from './view-snapshot.ts';

/** Entries read at once. */
const entriesAtOnce = 1000;
/** A page ends after so many entries that led to nothing new: a log may name one key a million times. */
const mostEntries = 100_000;

/** Where a page of the log begins, and up to where its cycle reads. */
interface LogRange {
  readonly from: string;
  readonly until: string | null;
  readonly at: Position | null;
  /** What lines of this view have been so far. */
  readonly lineBytes: number;
}

/**
 * A page of what the log says has changed: for each key that it names, the row as it is now, or a line that there is
 * none, found in the same snapshot as the entries. What an entry says of the operation decides nothing: a key that it
 * calls deleted may be there again, and the view may show less than its table. A page never ends between entries that
 * the database calls equal, as in `tie.ts`: they may name several keys. Entries without a key or a watermark
 * say nothing of any row and are passed over.
 */
export async function readLog(
  { description, finder }: ViewSnapshot,
  log: LogReader,
  page: PageBuilder,
  { from, until, at: begin, lineBytes }: LogRange,
): Promise<Progress> {
  if (until === null) return { at: begin, exhausted: true };
  const stretch = byWatermark(log.keyset, log.watermark, { from, until }, log.filter);
  const answers = new KeyAnswers(description, finder, page, lineBytes);
  const ended = (at: Position | null): Progress => {
    requireProgress(begin, at);
    return { at, exhausted: false };
  };
  const answer = (entries: readonly LogEntry[]) => answers.answer(entries.map((entry) => entry.key));
  /** Where the next page goes on: the last position that a cursor can hold; what lies behind it is answered again. */
  let at = begin;
  let here = begin;
  if (begin?.within !== undefined) {
    const { watermark, key, within } = begin;
    const rest = await tieAt(log, stretch.equal(begin), within);
    const last = rest[(await answer(rest)) - 1];
    if (last !== rest.at(-1)) return ended({ watermark, key, within: last?.digest.toString() ?? null });
    here = { watermark, key };
    at = here;
  }
  for (let read = 0; read < mostEntries || page.rows === 0; ) {
    const entries = await log.entries(stretch.where(here), stretch.orderBy, entriesAtOnce);
    const answered = await answer(entries);
    const positions = entries.slice(0, answered).map((entry) => entry.position);
    const last = positions.findLast(fitsCursor);
    const isLast = answered === entries.length && entries.length < entriesAtOnce;
    here = positions.at(-1) ?? here;
    // Entries that the database calls equal to the last one may name other keys.
    const rest = isLast || here === null ? [] : await tieAt(log, stretch.equal(here), null);
    const others = rest.filter(({ key }) => !answers.has(key));
    const isWhole = others.length === 0 || (await answer(others)) === others.length;
    if (last !== undefined) at = isWhole ? last : { ...last, within: null };
    if (isLast) return { at, exhausted: true };
    if (!isWhole || answered < entries.length) return ended(at);
    read += entries.length;
  }
  return ended(at);
}

/** Entries that the database calls equal, one for each text, in an order of their own: that of the digests of these. */
async function tieAt(
  log: LogReader,
  where: string,
  within: string | null,
): Promise<(LogEntry & { readonly digest: bigint })[]> {
  const entries = (await log.distinct(where)).map((entry) => {
    return { ...entry, digest: BigInt(rowDigest(JSON.stringify(entry.position))) };
  });
  return entries
    .filter(({ digest }) => within === null || digest > BigInt(within))
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
}
