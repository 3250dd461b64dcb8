import { KeyAnswers } from './answer-keys.ts';
import { fitsCursor, type Position } from './cursor.ts';
import { requireProgress } from './fill-page.ts';
import { byWatermark } from './keyset.ts';
import type { PageBuilder } from './page-builder.ts';
import type { LogReader, Progress, ViewSnapshot } from './view-snapshot.ts';

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
 * calls deleted may be there again, and the view may show less than its table. Entries without a key or a watermark
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
  /** Where the next page goes on: the last position that a cursor can hold; what lies behind it is answered again. */
  let at = begin;
  let here = begin;
  for (let read = 0; read < mostEntries || page.rows === 0; ) {
    const entries = await log.entries(stretch.where(here), stretch.orderBy, entriesAtOnce);
    const answered = await answers.answer(entries.map((entry) => entry.key));
    const positions = entries.slice(0, answered).map((entry) => entry.position);
    here = positions.at(-1) ?? here;
    at = positions.findLast(fitsCursor) ?? at;
    if (answered < entries.length) return ended(at);
    if (entries.length < entriesAtOnce) return { at, exhausted: true };
    read += entries.length;
  }
  return ended(at);
}
