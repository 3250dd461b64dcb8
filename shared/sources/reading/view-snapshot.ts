import type { GuaritaError } from '../../errors.ts';
import type { ViewDescription } from '../view-source.ts';
import type { Position } from './cursor.ts';
import type { Key } from './keys.ts';
import type { KeysetRelation } from './keyset.ts';
import type { Line } from './lines.ts';
import type { PageBuilder } from './page-builder.ts';

/** Reads the whole view once, in any order, in bounded memory, and hands over each line. */
export type Scan = (take: (line: Line) => void) => Promise<void>;

/**
 * All that an engine does of itself for one view: everything asked of it is of one snapshot of the database. What is
 * made of it (pages, digests, listings, lookups) is the same code for every engine.
 */
export interface ViewSnapshot {
  readonly description: ViewDescription;
  readonly keyset: KeysetRelation;
  /** Of the view's watermark, or of that of its log; null in mode `snapshot`. */
  readonly bound: CycleBound | null;
  /** Null unless the mode is `changelog`. */
  readonly log: LogReader | null;
  readonly finder: Finder;
  readonly scan: Scan;
  /** The rows of a condition, in any order, at most `limit` of them. */
  lines(where: string, limit: number, take: (line: Line) => void): Promise<void>;
  /**
   * Reads at most `limit` rows in order into the page, until it is full.
   */
  rows(where: string, orderBy: string, limit: number, page: PageBuilder): Promise<RowsRead>;
  /** How the database would serve `rows` with these conditions. */
  plan(where: string, orderBy: string, limit: number): Promise<QueryPlan>;
  /** Counts over the whole view, as the database compares: two passes, one of them sorted. */
  survey(): Promise<ViewSurvey>;
}

/** A database's plan for a query. */
export interface QueryPlan {
  /**
   * True when it reads no more of a table than it gives, and sorts nothing: an index has the order. Null when the
   * database does not show its plans to this user.
   */
  readonly isServed: boolean | null;
  /** In the words of the database. */
  readonly text: string;
}

export interface ViewSurvey {
  readonly rows: number;
  /** Keys that stand in more than one row, in the eyes of the database: to a collation, `a` and `A` may be one. */
  readonly repeatedKeys: number;
  /** How many of these were looked at, and of how many the texts are none alike: to us, those are keys of their own. */
  readonly keysSampled: number;
  readonly onlyAlike: number;
  /** Rows with a null in their key. */
  readonly nullKeys: number;
  /** Rows without a watermark; 0 where the mode needs none. */
  readonly nullWatermarks: number;
}

/** What became of some rows between two looks at them. */
export interface Steadiness {
  /** How many were compared. */
  readonly rows: number;
  /** Columns in which there was another value, and in how many rows. */
  readonly changed: readonly { readonly column: string; readonly rows: number }[];
}

/** What came of reading rows into a page. */
export interface RowsRead {
  /** How many the database gave. */
  readonly received: number;
  /** How many of them the page took. */
  readonly taken: number;
  /** Whether more may be asked of the snapshot, see `SqlSnapshot.read`. */
  readonly isUsable: boolean;
  /** Positions of the rows taken, from the last one backward; null of one that is not known in full. */
  positions(): AsyncIterable<Position | null>;
}

/** What a page came to: the last position given, and whether its cycle ends with it. */
export interface Progress {
  readonly at: Position | null;
  readonly exhausted: boolean;
  /** The snapshot was lost before the page was done: it is to be read anew, of no more rows than these. */
  readonly again?: number;
}

/** Up to where a cycle reads, and from where. Watermarks are the database's own texts. */
export interface CycleBound {
  /** The bound of a cycle that begins now: the database's clock less the settle time, or the greatest value. */
  read(): Promise<string | null> | string | null;
  /** Throws `bound-invalid` unless the bound that a caller gave is a value of the watermark. */
  check(until: string): Promise<void> | void;
  /** Whether a watermark is less than another. */
  isBefore(watermark: string, other: string): Promise<boolean> | boolean;
  /** The error of a bound that lies before what was read already. */
  goneBack(): GuaritaError;
  /** The least watermark that there is, of a log that of its oldest entry; null where there is none. */
  least(): Promise<string | null> | string | null;
  /** One overlap before a watermark, whatever is there. */
  overlapBefore(watermark: string): Promise<string | null> | string | null;
  /** Where the next cycle begins: one overlap before the bound, but never before `from`. */
  following(from: string | null, until: string | null): Promise<string | null> | string | null;
}

/** The view or table in which the state's database writes down what changed. */
export interface LogReader {
  readonly keyset: KeysetRelation;
  readonly watermark: string;
  /** Which entries are about the view, as SQL conditions. */
  readonly filter: readonly string[];
  /** At most `limit` entries, in order. */
  entries(where: string, orderBy: string, limit: number): Promise<LogEntry[]>;
  /** The entries of a condition, in any order, of those with the same texts one. */
  distinct(where: string): Promise<LogEntry[]>;
  /** @param until the bound of a cycle; null where there is none yet */
  survey(until: string | null): Promise<LogSurvey>;
}

/** So few rows are sorted in no time. */
export const smallRelation = 5000;

/** What `doctor` learns of a log. */
export interface LogSurvey {
  /** Whether it has so few rows, of all views, that no index matters. */
  readonly isSmall: boolean;
  /** How its entries are found from a place on, and back from one; none where it has none. */
  readonly plans: readonly QueryPlan[];
}

export interface LogEntry {
  readonly position: Position;
  /** The key that it names, as the view would give it. */
  readonly key: Key;
}

/** Finds rows by their keys. */
export interface Finder {
  /** How many keys at once are served best. */
  readonly keysAtOnce: number;
  /**
   * All rows of these keys, in any order, as long as `take` wants more, and at most `limit` of them
   * (`Number.MAX_SAFE_INTEGER` for all).
   * Keys are compared by the database, so a row may come whose key only equals the one asked for.
   */
  find(keys: readonly Key[], limit: number, take: (line: Line) => boolean): Promise<void>;
}
