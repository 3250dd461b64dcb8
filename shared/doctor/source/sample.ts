import { marksOf, splitFields, unescapeField } from '../../sources/reading/lines.ts';
import type { ColumnDescription } from '../../sources/view-source.ts';

/** What the first rows of a view are like. Of their values nothing is kept. */
export interface Sample {
  readonly rows: number;
  readonly bytes: number;
  /** Rows that are larger than may travel. */
  readonly tooLarge: number;
  /** Rows with a value of a broken encoding. */
  readonly undecodable: number;
  /** The columns of these values. */
  readonly columns: readonly string[];
  /** Rows with a text that has a 0x00 in it, which no text of the national base can hold. */
  readonly withNul: number;
  readonly nulColumns: readonly string[];
}

/** Reads the marks of lines (`shared/sources/reading/lines.ts`). */
export function readSample(lines: Buffer, columns: readonly ColumnDescription[]): Sample {
  const broken = new Set<number>();
  const nul = new Set<number>();
  let rows = 0;
  let tooLarge = 0;
  let undecodable = 0;
  let withNul = 0;
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf(10, start);
    const end = newline === -1 ? lines.length : newline;
    const [, mark, ...fields] = splitFields(lines.subarray(start, end));
    const marks = marksOf(String(mark));
    const places = marks.filter((place) => place > 0);
    const ofNul = places.filter((place) => holdsNul(fields[place - 1]));
    const others = places.filter((place) => !ofNul.includes(place));
    for (const place of ofNul) nul.add(place);
    for (const place of others) broken.add(place);
    rows++;
    if (marks.includes(0)) tooLarge++;
    if (others.length > 0) undecodable++;
    if (ofNul.length > 0) withNul++;
    start = end + 1;
  }
  const named = (found: ReadonlySet<number>) =>
    columns.filter((_, index) => found.has(index + 1)).map(({ name }) => name);
  return {
    ...{ rows, bytes: lines.length, tooLarge, undecodable, withNul },
    ...{ columns: named(broken), nulColumns: named(nul) },
  };
}

/** Whether it is a character of bytes that are text otherwise; of UTF-16 half of the bytes of most texts are 0x00. */
function holdsNul(field: Buffer | undefined): boolean {
  const text = field === undefined ? '' : String(unescapeField(field));
  const bytes = Buffer.from(text.replace(/^\\x/, ''), 'hex');
  const zeros = bytes.filter((byte) => byte === 0).length;
  if (zeros * 3 < bytes.length || bytes.length % 2 === 1) return zeros > 0;
  return Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readUInt16LE(at * 2)).includes(0);
}
