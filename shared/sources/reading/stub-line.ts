import type { ViewDescription } from '../view-source.ts';
import { type Line, markField, marksOf, nullField, partsOf } from './lines.ts';

/** No line may be larger than this, whatever the byte budget of a page: it has to fit in memory on both sides. */
export const maxRowBytes = 16 * 1024 * 1024;

/** A value that a stub keeps may be this long, escaped; a longer one is null in it. */
export const maxKeptBytes = 64 * 1024;

/** The places of the columns that the stub of a row keeps: those of its key and its watermark. */
export function keptPlaces({ columns, key, watermark }: ViewDescription): ReadonlySet<number> {
  const kept = new Set([...key, ...(watermark === null ? [] : [watermark])]);
  return new Set(columns.flatMap(({ name }, place) => (kept.has(name) ? [place] : [])));
}

/**
 * The line itself, or its stub when it is larger than may travel. The same row has the same stub wherever it is met,
 * in a page, a scan or a lookup: its digest must not depend on that.
 */
export function bounded(line: Line, kept: ReadonlySet<number>): Line {
  // A text of so many characters may have three times as many bytes; counting them is for the few that could.
  if (line.length * 3 <= maxRowBytes) return line;
  return Buffer.byteLength(line) > maxRowBytes ? stubOf(line, kept) : line;
}

/** What may travel of a line that is too large: mark, key and watermark. */
export function stubOf(line: Line, kept: ReadonlySet<number>): string {
  const { mark, fields } = partsOf(line);
  const shown = fields.map((field, place) =>
    kept.has(place) && Buffer.byteLength(field) <= maxKeptBytes ? field : nullField,
  );
  const marks = marksOf(mark).filter((place) => place > 0 && shown[place - 1] !== nullField);
  return [markField([0, ...marks]), ...shown].join('\t');
}
