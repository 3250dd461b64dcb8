import { encodeField, hexText, type Line, markField, nullField, utf8Text } from '../reading/lines.ts';
import { bounded, maxKeptBytes, maxRowBytes, stubOf } from '../reading/stub-line.ts';
import type { SqlQuery } from '../sql/snapshot.ts';
import type { WireRow, WireValue } from './connections.ts';
import { quoteName } from './text.ts';
import {
  isUnlimited,
  leastLineBytes,
  rendering,
  type SqlServerAbilities,
  type SqlServerColumn,
  tagOfText,
  type WireForm,
} from './types.ts';

/** A statement, and how a row of it becomes a line. */
export interface RowStatement {
  readonly sql: string;
  readonly lineOf: (row: WireRow) => Line;
}

/** A value longer than this is not sent in a row that is too large to travel, not even for its stub. */
const longValue = 1024 * 1024;

/**
 * The statement that reads a query. Its first column says whether the row is certainly larger than may travel: then
 * what is long in it is not sent.
 * @param kept places of the columns that the stub of a row keeps
 */
export function rowStatement(
  query: SqlQuery<SqlServerColumn>,
  kept: ReadonlySet<number>,
  abilities: SqlServerAbilities,
): RowStatement {
  const { relation, columns, where, orderBy, limit, offset } = query;
  const tooLarge = isTooLarge(columns);
  const rendered = columns.map((column) => rendering(column, quoteName(column.name), abilities));
  const fields = rendered.map(({ sql }, place) => {
    const column = columns[place];
    if (tooLarge === null || column === undefined || !isUnlimited(column)) return sql;
    const isLong = `DATALENGTH(${longest(column)}) > ${longValue}`;
    return `CASE WHEN ${isLong} AND ${tooLarge} THEN NULL ELSE ${sql} END`;
  });
  const flag = tooLarge === null ? '0' : `CASE WHEN ${tooLarge} THEN 1 ELSE 0 END`;
  const top = limit === undefined || offset !== undefined ? '' : ` TOP (${limit})`;
  const clauses = [
    `SELECT${top} ${[flag, ...fields].join(', ')} FROM ${relation}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
    ...(offset === undefined ? [] : [`OFFSET ${offset} ROWS FETCH NEXT ${limit ?? 1} ROWS ONLY`]),
  ];
  const forms = rendered.map(({ form }) => form);
  return { sql: clauses.join(' '), lineOf: (row) => lineOf(row, forms, kept) };
}

/** What `DATALENGTH` measures of a column: some types are kept in another form than they are written in. */
function longest({ name, base }: SqlServerColumn): string {
  return base === 'json' ? `CONVERT(nvarchar(max), ${quoteName(name)})` : quoteName(name);
}

/** SQL for whether a row is certainly larger than may travel; null where no column is of any length. */
function isTooLarge(columns: readonly SqlServerColumn[]): string | null {
  const lengths = columns
    .filter(isUnlimited)
    .map((column) => `CONVERT(bigint, ${leastLineBytes(column, quoteName(column.name))})`);
  return lengths.length === 0 ? null : `(${lengths.join(' + ')}) > ${maxRowBytes + maxKeptBytes}`;
}

/** The line of a row whose first column says that it is too large. */
function lineOf([flag, ...values]: WireRow, forms: readonly WireForm[], kept: ReadonlySet<number>): Line {
  if (flag === 0) return bounded(encode(values, forms, false), kept);
  const shown = values.map((value, place) => (kept.has(place) ? value : null));
  return stubOf(encode(shown, forms, true), kept);
}

/** A line from values as they came; marks the columns that text cannot hold. */
function encode(values: readonly WireValue[], forms: readonly WireForm[], tooLarge: boolean): string {
  const marks = tooLarge ? [0] : [];
  const fields = values.map((value, place) => {
    if (value === null) return nullField;
    const { text, raw } = textOrBytes(value, forms[place]);
    if (raw === null) return encodeField(text);
    marks.push(place + 1);
    return encodeField(hexText(raw));
  });
  return [markField(marks), ...fields].join('\t');
}

type TextOrBytes =
  | { readonly text: string; readonly raw: null }
  | { readonly text: null; readonly raw: Buffer };

/** Throws where something else came than the statement asks for: no value goes through a type of JavaScript. */
function textOrBytes(value: WireValue, form: WireForm | undefined): TextOrBytes {
  if (form === 'text' && typeof value === 'string') return wideText(value);
  if (form === 'text' || !Buffer.isBuffer(value)) throw new TypeError(`a value came as ${typeof value}`);
  if (form === 'binary') return { text: hexText(value), raw: null };
  if (form === 'tagged') {
    const rest = value.subarray(1);
    return value[0] === tagOfText ? wideText(rest.toString('utf16le')) : { text: null, raw: rest };
  }
  const text = utf8Text(value);
  return text === null ? { text, raw: value } : { text, raw: null };
}

/** UTF-16 that is text, or its bytes where there is half a surrogate pair or a 0x00 in it. */
function wideText(text: string): TextOrBytes {
  if (text.isWellFormed() && !text.includes('\0')) return { text, raw: null };
  return { text: null, raw: Buffer.from(text, 'utf16le') };
}
