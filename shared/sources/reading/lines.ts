import { isUtf8 } from 'node:buffer';

/**
 * The line of a row, in PostgreSQL's COPY text format: fields parted by tabs, `\N` for null, backslash escapes.
 *
 *     digest TAB mark TAB column 1 TAB … column n
 *
 * `mark` is null in nearly every row. Else it is an array of whole numbers:
 * - `{i,j}`: text cannot hold the bytes of these columns (broken encoding, 0x00), counted from 1; each of them
 *   carries its raw bytes as `\x` and hexadecimal: nothing is dropped, and nothing marked can be confused with a text
 *   that merely looks the same;
 * - `{0}`, or `{0,i}` with such a column among them: the row is larger than may travel; only its key and its
 *   watermark are given, the rest is null;
 * - `{-1}`: there is no row of this key any more; only the key is given.
 */
export const nullField = '\\N';

/** A line without its digest and its newline: text where the engine has text, else bytes in UTF-8. */
export type Line = Buffer | string;

/** The characters that COPY escapes, all of them: a row has one digest, whoever writes its line. */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const mustEscape = /[\\\b-\r]/;
// oxlint-disable-next-line no-control-regex -- the same
const mustEscapeAll = /[\\\b-\r]/g;

/** One field from its text; null gives `\N`. */
export function encodeField(text: string | null): string {
  if (text === null) return nullField;
  return mustEscape.test(text) ? text.replace(mustEscapeAll, (c) => escapes[c] ?? c) : text;
}

/** The fields of a line, still escaped. A raw tab always parts fields: in data it is written `\t`. */
export function splitFields(line: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let start = 0;
  for (let tab = line.indexOf(9); tab !== -1; tab = line.indexOf(9, start)) {
    fields.push(line.subarray(start, tab));
    start = tab + 1;
  }
  fields.push(line.subarray(start));
  return fields;
}

const unescapes: ReadonlyMap<number, number> = new Map([
  [0x62, 8],
  [0x66, 12],
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x76, 11],
]);

/** The bytes of an escaped field, or null for `\N`. */
export function unescapeField(field: Buffer): Buffer | null {
  if (field.length === 2 && field[0] === 0x5c && field[1] === 0x4e) return null;
  if (!field.includes(0x5c)) return field;
  const bytes = Buffer.allocUnsafe(field.length);
  let length = 0;
  for (let i = 0; i < field.length; i++) {
    let byte = field[i] ?? 0;
    if (byte === 0x5c && i + 1 < field.length) {
      const escaped = field[++i] ?? 0;
      byte = unescapes.get(escaped) ?? escaped;
    }
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}

/** The text of bytes in UTF-8, or null when it is none that every database here can hold. */
export function utf8Text(bytes: Buffer): string | null {
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null;
}

/**
 * A line, without its digest, from the raw bytes of its columns; marks the columns that text cannot hold.
 * @param tooLarge marks the row as one that is larger than may travel
 */
export function encodeRawFields(
  columns: readonly (Buffer | null)[],
  textOf = utf8Text,
  tooLarge = false,
): string {
  const marks = tooLarge ? [0] : [];
  const fields = columns.map((bytes, index) => {
    if (bytes === null) return nullField;
    const text = textOf(bytes);
    if (text !== null) return encodeField(text);
    marks.push(index + 1);
    return encodeField(hexText(bytes));
  });
  return [markField(marks), ...fields].join('\t');
}

/** The mark of a line; null for none. */
export function markField(marks: readonly number[]): string {
  return marks.length === 0 ? nullField : `{${marks.join(',')}}`;
}

/** What `markField` wrote. */
export function marksOf(field: string): number[] {
  return field === nullField ? [] : field.slice(1, -1).split(',').map(Number);
}

/** Bytes as text, the way every engine here gives binary columns: `\x` and lower-case hexadecimal. */
export function hexText(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}

/** The text of an escaped field, or null for `\N`. */
export function decodeField(field: string): string | null {
  if (!field.includes('\\')) return field;
  return unescapeField(Buffer.from(field))?.toString('utf8') ?? null;
}

/** Mark and fields of a line, the fields still escaped. */
export function partsOf(line: Line): { mark: string; fields: string[] } {
  const [mark = nullField, ...fields] = (typeof line === 'string' ? line : line.toString('utf8')).split('\t');
  return { mark, fields };
}
