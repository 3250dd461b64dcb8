import type { Test } from 'tap';
import type { ViewConfig } from '../../shared/sources/view-config.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';

/** What the contract needs to know of an implementation of ViewSource and of the database behind it. */
export interface SourceHarness {
  /** Types of columns in the words of the database. */
  readonly types: {
    /** A whole number of 64 bits, or the widest. */
    readonly integer: string;
    readonly text: string;
    /** Text of at most 100 characters that may be a key. */
    readonly name: string;
    /** Text of 8,000 characters of ASCII that may be a key; `text`, where that may be one. */
    readonly longKey?: string;
    /** What a watermark of date and time is kept in. */
    readonly instant: string;
  };
  /** A quoted identifier. */
  quote(name: string): string;
  /** A literal of `types.text`. */
  text(value: string): string;
  /** A literal of `types.instant`: 2020-01-01T00:00:00Z and so many milliseconds. */
  instant(milliseconds: number): string;
  /** An expression of `types.instant`: the database's present and so many seconds. */
  fromNow(seconds: number): string;
  /** What a date and time without a zone is kept in. */
  readonly localInstant: string;
  /** An expression of `localInstant`: the database's present, by the clock of UTC, and so many seconds. */
  localFromNow(seconds: number): string;
  /** Texts one behind the other; without it, by the `||` of the standard. */
  concat?(expressions: readonly string[]): string;
  /** An expression of `types.text`: a text so many times. */
  repeat(text: string, times: number): string;
  /** An expression that the database can compute for each value of a whole-number column but 7. */
  failingAtSeven(column: string): string;
  /** Values with what is to arrive of each, by type. Empty when another run of the contract has them. */
  readonly values: readonly TypedValues[];
  /** Values that text cannot hold, as expressions of a type, with their bytes. Empty when there can be none. */
  readonly undecodable: readonly UndecodableValue[];
  /** Keys that the database calls equal, though it writes them otherwise. */
  readonly ties: readonly TiedKeys[];
  /** A type that has no use as a watermark; undefined when every type has one. */
  readonly unusableWatermark?: string;
  /** Whether a text is the same value as that text with blanks behind it, as the SQL standard has it. */
  readonly ignoresTrailingBlanks?: boolean;
  /** Whether no column can be called by a blank. */
  readonly refusesBlankNames?: boolean;
  /** Inserts rows of SQL expressions, where one statement cannot have many rows; see `insert`. */
  insertRows?(table: string, rows: readonly (readonly (string | number)[])[]): Promise<void>;
  /** Runs one statement as a user who may write. */
  execute(sql: string): Promise<void>;
  /** All rows of a relation by another client, each value the text that the database itself makes of it. */
  rows(relation: string, columns: readonly string[]): Promise<(string | null)[][]>;
  /** Opens the source, over whatever lies between; closed when the test ends. */
  open(t: Test, settings: SourceSettings): Promise<ViewSource>;
}

export interface TypedValues {
  readonly type: string;
  readonly values: readonly { readonly sql: string; readonly text: string }[];
}

/** Of the two tables of a view: the type of their key, and expressions of values, of which some are equal. */
export interface TiedKeys {
  readonly what: string;
  readonly types: readonly [string, string];
  readonly values: readonly [readonly string[], readonly string[]];
  /** A statement to run before. */
  readonly prepare?: string;
}

/** The same type and the same values in both tables. */
export function tiedAlike(what: string, type: string, values: readonly string[], prepare?: string): TiedKeys {
  return {
    what,
    types: [type, type],
    values: [values, values],
    ...(prepare === undefined ? {} : { prepare }),
  };
}

export interface UndecodableValue {
  readonly what: string;
  readonly type: string;
  readonly sql: string;
  readonly hex: string;
}

export interface SourceSettings {
  readonly views: readonly ViewConfig[];
  readonly bytes?: number;
  readonly rows?: number;
  readonly settleSeconds?: number;
  readonly overlapSeconds?: number;
  readonly overlapCount?: number;
  readonly epoch?: string;
  /** Null declares none; the default is UTC. */
  readonly timeZone?: string | null;
}

/** The settings that every engine has, filled up. */
export function commonSettings(settings: SourceSettings): {
  settleSeconds: number;
  overlapSeconds: number;
  overlapCount: number;
  epoch: string;
  timeoutSeconds: number;
  scanTimeoutSeconds: number;
  timeZone?: string;
} {
  const {
    settleSeconds = 60,
    overlapSeconds = 86_400,
    overlapCount = 1000,
    epoch = '',
    timeZone = 'UTC',
  } = settings;
  return {
    settleSeconds,
    overlapSeconds,
    overlapCount,
    epoch,
    timeoutSeconds: 30,
    scanTimeoutSeconds: 60,
    ...(timeZone === null ? {} : { timeZone }),
  };
}

/** Each page has a buffer of its bytes at once: with those of production, collecting the garbage takes half of the time. */
export function pageLimits(settings: SourceSettings): { bytes: number; rows: number } {
  return { bytes: settings.bytes ?? 1024 * 1024, rows: settings.rows ?? 100_000 };
}

/** Creates a table: names of columns to their types. `key` makes it the primary key. */
export async function createTable(
  harness: SourceHarness,
  name: string,
  columns: Readonly<Record<string, string>>,
  key: readonly string[] = [],
): Promise<void> {
  const parts = Object.entries(columns).map(([column, type]) => `${harness.quote(column)} ${type}`);
  if (key.length > 0) parts.push(`PRIMARY KEY (${key.map((column) => harness.quote(column)).join(', ')})`);
  await harness.execute(`CREATE TABLE ${harness.quote(name)} (${parts.join(', ')})`);
}

export function concat(harness: SourceHarness, expressions: readonly string[]): string {
  return harness.concat?.(expressions) ?? expressions.join(' || ');
}

/** Inserts rows of SQL expressions, in the order of the table's columns. */
export async function insert(
  harness: SourceHarness,
  table: string,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  if (harness.insertRows !== undefined) return harness.insertRows(table, rows);
  for (let start = 0; start < rows.length; start += 500) {
    const values = rows.slice(start, start + 500).map((row) => `(${row.join(', ')})`);
    await harness.execute(`INSERT INTO ${harness.quote(table)} VALUES ${values.join(', ')}`);
  }
}

/** The table that most tests read: a number as its key, a watermark, a text. */
export async function createRecords(harness: SourceHarness, name: string): Promise<ViewConfig> {
  const { integer, instant, text } = harness.types;
  await createTable(harness, name, { id: `${integer} NOT NULL`, mark: instant, body: text }, ['id']);
  return { name, key: ['id'], watermark: 'mark' };
}

/** So many rows for that table, numbered from 1. */
export function records(
  harness: SourceHarness,
  count: number,
  mark: (id: number) => string,
  body: (id: number) => string = (id) => harness.text(`corpo ${id}`),
): (string | number)[][] {
  return Array.from({ length: count }, (_, index) => [index + 1, mark(index + 1), body(index + 1)]);
}

/** Rows in an order of their own, to compare two sets of them. */
export function sorted(rows: readonly (readonly (string | null)[])[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
