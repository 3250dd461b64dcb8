import type Database from 'better-sqlite3';
import { encodeField, encodeRawFields, type Line, nullField, utf8Text } from '../reading/lines.ts';
import { bounded, maxKeptBytes, maxRowBytes, stubOf } from '../reading/stub-line.ts';
import {
  anyOf,
  bytesOf,
  holdsBytes,
  isOverBytes,
  quoteIdentifier,
  type SqliteColumn,
  sumOf,
  textOf,
} from './values.ts';

/** A value longer than this is not put into a line by SQLite, but looked at by itself. */
const longValue = 1024 * 1024;
/** What SQLite gives instead of a line that has to be made from the bytes. */
const noLine = 'char(0)';
/** Rows made from bytes before lines are tried again. */
const shortestStretch = 200;

/**
 * The lines of rows. SQLite itself puts each together, as one text with tabs between the fields, which is more than
 * twice as fast as an array of texts a row (12 columns: 2.0 against 5.2 µs): in nearly every row that text is the
 * line. Where it is not, a row is made from the bytes of its columns.
 *
 * Rows come in the order in which SQLite gives them: two statements over the same relation, conditions and columns in
 * one snapshot have the same plan, hence the same order, so that one can go on where the other stopped.
 */
export class SqliteLines {
  readonly #db: Database.Database;
  readonly #lineSql: string;
  readonly #bytesSql: string;
  readonly #isLine: RegExp;
  readonly #columns: number;
  readonly #kept: ReadonlySet<number>;
  readonly #statements = new Map<string, Database.Statement>();

  /** @param kept places of the columns that the stub of a row keeps */
  constructor(
    db: Database.Database,
    relation: string,
    columns: readonly SqliteColumn[],
    kept: ReadonlySet<number>,
  ) {
    this.#db = db;
    this.#kept = kept;
    this.#columns = columns.length;
    const isTyped = declarationsHold(db, relation);
    this.#lineSql = lineOf(columns, isTyped);
    this.#bytesSql = rawFieldsOf(columns);
    // Escaped characters, 0x00 and U+FFFD are in neither alternative. Two ranges: a third of the time of a list.
    this.#isLine = new RegExp(`^\\\\N(?:\\t(?:\\\\N|[\\x0e-\\[\\]-\\uFFFC]*)){${columns.length}}$`);
  }

  /** @param from FROM and what follows it, without a limit */
  *read(from: string, { limit = -1, offset = 0, values = [] }: Stretch = {}): Generator<Line> {
    let given = offset;
    for (;;) {
      let isLine = true;
      for (const text of this.#iterate<string>(this.#lineSql, from, [...values, limit, given], true)) {
        const line = this.#lineFrom(text);
        isLine = line !== null;
        if (line === null) break;
        given++;
        if (limit !== -1) limit--;
        yield bounded(line, this.#kept);
      }
      if (isLine) return;
      // A stretch in proportion to what has to be skipped to begin it: many such rows cost twice as much, not n times.
      const stretch = Math.max(shortestStretch, given >> 4);
      const rows = limit === -1 ? stretch : Math.min(stretch, limit);
      let read = 0;
      for (const row of this.#iterate<RawRow>(this.#bytesSql, from, [...values, rows, given + read], false)) {
        read++;
        yield this.#encode(row);
      }
      given += read;
      if (limit !== -1) limit -= read;
      if (read < rows || limit === 0) return;
    }
  }

  #iterate<T>(
    columns: string,
    from: string,
    values: readonly unknown[],
    pluck: boolean,
  ): IterableIterator<T> {
    const sql = `SELECT ${columns} ${from} LIMIT ? OFFSET ?`;
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, pluck ? statement.pluck() : statement.raw());
    }
    return statement.iterate(...values) as IterableIterator<T>;
  }

  /** The line that a text of SQLite's is, or that can be made of it; null when only the bytes tell. */
  #lineFrom(text: string): string | null {
    const end = text.lastIndexOf('\t');
    const nulls = Number(text.slice(end + 1));
    const line = text.slice(0, end);
    if (this.#isLine.test(line)) return nullsIn(line) === nulls ? line : null;
    // What a broken encoding or a 0x00 gives; and a field more or less says that there is a tab in the data.
    if (isDoubtful.test(text)) return null;
    const [mark = '', ...fields] = line.split('\t');
    const isNull = (field: string) => field === nullField;
    if (fields.length !== this.#columns || fields.filter(isNull).length !== nulls) return null;
    return [mark, ...fields.map((field) => (isNull(field) ? field : encodeField(field)))].join('\t');
  }

  #encode([tooLarge, ...columns]: RawRow): Line {
    if (tooLarge === 0) return bounded(encodeRawFields(columns), this.#kept);
    const shown = columns.map((bytes, place) => (this.#kept.has(place) ? bytes : null));
    return stubOf(encodeRawFields(shown, utf8Text, true), this.#kept);
  }
}

/** Which of the rows are read. */
interface Stretch {
  /** Most rows; without it, all. */
  readonly limit?: number | undefined;
  /** Rows passed over before the first. */
  readonly offset?: number | undefined;
  /** Parameters of the statement. */
  readonly values?: readonly unknown[];
}

type RawRow = readonly [tooLarge: number, ...columns: (Buffer | null)[]];

// oxlint-disable-next-line no-control-regex -- 0x00 is what is looked for
const isDoubtful = /[\u0000\uFFFD]/;

/** How many fields of a line are null: in one that is known to have nothing escaped, each backslash is that of a null. */
function nullsIn(line: string): number {
  let nulls = 0;
  for (let at = line.indexOf('\\', 1); at !== -1; at = line.indexOf('\\', at + 1)) nulls++;
  return nulls;
}

/**
 * SQL for a whole line and, as a last field, how many of its columns are null: by that, and by the number of tabs, a
 * value that reads like a null, or has a tab in it, cannot be mistaken for what parts the fields. Counting costs a
 * third of comparing each value. A row with a value so long that it must not be put together before the row is known
 * to be one that may travel gives `noLine` instead.
 */
function lineOf(columns: readonly SqliteColumn[], isTyped: boolean): string {
  // Columns declared as numbers hold long texts in theory only: of these, `bounded` makes the stub.
  const long = columns
    .filter(({ type }) => !/INT|REAL|FLOA|DOUB|NUM|DEC|DATE|TIME|BOOL/i.test(type))
    .map(({ name }) => `octet_length(${quoteIdentifier(name)}) > ${longValue}`);
  const nulls = sumOf(columns.map(({ name }) => `(${quoteIdentifier(name)} IS NULL)`));
  const fields = columns.map((column) => {
    const name = quoteIdentifier(column.name);
    if (holdsBytes(column)) return `ifnull(${textOf(column)}, '${nullField}')`;
    // A real is written by `quote`, which alone gives every bit back. Columns declared as text hold none.
    const isText = isTyped && /CHAR|CLOB|TEXT/i.test(column.type) && !/INT/i.test(column.type);
    const value = `ifnull(${name}, '${nullField}')`;
    return isText ? value : `iif(typeof(${name}) = 'real', quote(${name}), ${value})`;
  });
  const line = joined([`'${nullField}'`, ...fields, nulls]);
  return long.length === 0 ? line : `iif(${anyOf(long)}, ${noLine}, ${line})`;
}

/** Functions of SQLite take a hundred arguments at least. */
function joined(fields: readonly string[]): string {
  if (fields.length <= 90) return `concat_ws(char(9), ${fields.join(', ')})`;
  const groups: string[] = [];
  for (let start = 0; start < fields.length; start += 90)
    groups.push(joined(fields.slice(start, start + 90)));
  return joined(groups);
}

/** SQL for whether the row is certainly larger than may travel, and the bytes of each column's text. */
function rawFieldsOf(columns: readonly SqliteColumn[]): string {
  const isTooLarge = isOverBytes(columns, maxRowBytes + maxKeptBytes);
  const isLong = columns.map((column) => `octet_length(${quoteIdentifier(column.name)}) > ${longValue}`);
  // Long values of such a row are not even read: what is left of it is bounded.
  const fields = columns.map(
    (column, place) => `iif(${isLong[place]} AND ${isTooLarge}, NULL, ${bytesOf(column)})`,
  );
  return [`iif(${anyOf(isLong)}, ${isTooLarge}, 0)`, ...fields].join(', ');
}

/**
 * Whether a column declared as text can hold text, bytes and null only. SQLite converts numbers when it stores them in
 * such a column of a table; but of a compound query or a virtual table it declares what need not hold.
 */
export function declarationsHold(db: Database.Database, relation: string): boolean {
  const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM ${relation}`).all() as { detail: string }[];
  return !plan.some(({ detail }) => /COMPOUND|UNION|MERGE|RECURSIVE|VIRTUAL TABLE/i.test(detail));
}
