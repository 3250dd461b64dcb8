import type { GuaritaError } from '../../errors.ts';
import type { Key } from '../reading/keys.ts';
import type { KeysetRelation } from '../reading/keyset.ts';
import type { Line } from '../reading/lines.ts';
import type { Finder, QueryPlan } from '../reading/view-snapshot.ts';
import type { RelationName, ViewConfig } from '../view-config.ts';
import type { ColumnDescription } from '../view-source.ts';
import type { SqlRelation, SqlView } from './relation.ts';

/** Rows of a view or table; the engine writes it in its own words. Conditions and order are SQL text. */
export interface SqlQuery<C extends ColumnDescription> {
  readonly relation: string;
  readonly columns: readonly C[];
  readonly where?: string;
  readonly orderBy?: string;
  /** Most rows; without it, all. */
  readonly limit?: number;
  /** Rows passed over before the first that is given; only together with order and limit. */
  readonly offset?: number;
}

/**
 * What an engine that speaks SQL does of itself, in one read-only transaction: all that is asked of it is of one
 * snapshot, as far as the engine has that. What is made of it (`view.ts`, `bound.ts`, `source.ts`) is the
 * same for each of them. Its errors are the driver's own; `SqlSource.errorOf` makes ours of them.
 * @typeParam C a column as the engine's catalogue has it
 */
export interface SqlSnapshot<C extends ColumnDescription> {
  /** Identifies the history of the database, see `ViewDescription.epoch`; what the operator declares comes on top. */
  epoch(): Promise<string>;
  /** The clock of the database, as an ISO 8601 instant with zone. */
  clock(): Promise<string>;
  /** By how much the data may be older than that clock: of a replica; without it, 0. */
  readonly behindSeconds?: number;
  /** The error of a bound that lies before what was read already; null or without it, that of another history. */
  goneBack?(watermark: WatermarkKind): GuaritaError | null;
  /** Ways in which this user could change the state's data; empty when there is none. */
  writePrivileges(): Promise<readonly string[]>;
  /** Throws `view-missing`, also where the user may not read it. @param what names it in errors */
  relation(name: RelationName, what: string): Promise<SqlRelation<C>>;

  /** Why a column that is wanted cannot be read, or be part of a key, as a sentence; null when it can. */
  unusable?(column: C, isKey: boolean): string | null;

  /** A quoted identifier. */
  identifier(name: string): string;
  /**
   * SQL for the value that the database once gave as `text` of this column (or a raw key, see `keys.ts`), in its type
   * and collation, so that comparing the bare column with it is served by an index. Throws `cursor-invalid`.
   */
  value(column: C, text: string): string;
  /**
   * The column as it is read for a place in the order (of a cursor, a bound, an entry of a log), of an engine that types
   * values, not columns: the text of a place then says the type of the value besides, and `value`, `isValue` and
   * `scalar` are given such texts. A page does not tell its places then: they are read once more, after `take` may
   * have refused a row. Without this, a column's own text is all that its place takes.
   */
  asPlace?(column: C): C;
  /** `(a, b) > (x, y)` in the words that this engine can serve from an index; columns are quoted, values SQL. */
  after(columns: readonly string[], values: readonly string[]): string;
  /** That a quoted column is not null, in words that do not lead the engine away from the index of the order. */
  notNull(column: string): string;
  /** See `KeysetDialect`. */
  readonly ordersByNull?: boolean;
  /** That the text of a column is exactly one of these. */
  isOneOf(column: C, texts: readonly string[]): string;

  /**
   * Gives the lines of the rows, mark and columns, none larger than may travel (`bounded`), as long as `take` wants
   * more. Returns whether more may be asked of the snapshot: where the rows behind one that `take` has refused were too
   * many to be read and dropped, its connection was ended.
   * @param kept places of the columns that the stub of a row keeps
   */
  read(query: SqlQuery<C>, kept: ReadonlySet<number>, take: (line: Line) => boolean): Promise<boolean>;
  /** The one value of an expression of this column's type, as its rows carry it. */
  scalar(expression: string, column: C): Promise<string | null>;
  /** Whether a condition holds. */
  holds(condition: string): Promise<boolean>;
  /** Whether a text is one that this column can hold. The snapshot may be lost after a no. */
  isValue(column: C, text: string): Promise<boolean>;
  /** The first row of a statement whose columns are whole numbers. */
  numbers(statement: string): Promise<number[]>;
  /** How the engine would serve a query. */
  plan(query: SqlQuery<C>): Promise<QueryPlan>;

  /** How a watermark of this column is bounded, or, as a sentence, why it cannot be. @param config of its view */
  watermark(column: C, config: ViewConfig): WatermarkKind | string;
  finder(view: SqlView<C>, keyset: KeysetRelation): Finder;
  /** Keys that a log of changes gave, as the view would give them: `keyOfView` of each engine says why. */
  keysOfView(view: SqlView<C>, keys: readonly Key[]): Promise<readonly Key[]>;
}

/**
 * How watermarks of a type are bounded. Types that have neither a clock nor an order of numbers have no use as a
 * watermark: without an overlap, what commits late would be lost in silence.
 */
export interface WatermarkKind {
  /** SQL for the present less the settle time, in the column's type; null for numbers, bounded by their greatest. */
  readonly now: string | null;
  /**
   * SQL for one overlap before a bound (SQL as well), never below the least value of the type.
   * @param times as many overlaps, of numbers; 1 without it
   */
  before(bound: string, times?: number): string;
}
