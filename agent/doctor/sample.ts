import { marksOf, splitFields } from '../../shared/sources/reading/lines.ts';
import type { ColumnDescription } from '../../shared/sources/view-source.ts';

/** What the first rows of a view are like. Of their values nothing is kept. */
export interface Sample {
  readonly rows: number;
  readonly bytes: number;
  /** Rows that are larger than may travel. */
  readonly tooLarge: number;
  /** Rows with a value that text cannot hold. */
  readonly undecodable: number;
  /** The columns of these values. */
  readonly columns: readonly string[];
}

/** Reads the marks of lines (`shared/sources/reading/lines.ts`). */
export function readSample(lines: Buffer, columns: readonly ColumnDescription[]): Sample {
  const found = new Set<number>();
  let rows = 0;
  let tooLarge = 0;
  let undecodable = 0;
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf(10, start);
    const end = newline === -1 ? lines.length : newline;
    const [, mark] = splitFields(lines.subarray(start, end));
    const marks = marksOf(String(mark));
    const places = marks.filter((place) => place > 0);
    for (const place of places) found.add(place);
    rows++;
    if (marks.includes(0)) tooLarge++;
    if (places.length > 0) undecodable++;
    start = end + 1;
  }
  const named = columns.filter((_, index) => found.has(index + 1)).map(({ name }) => name);
  return { rows, bytes: lines.length, tooLarge, undecodable, columns: named };
}
