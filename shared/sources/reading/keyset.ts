import type { Position } from './cursor.ts';

/**
 * The keyset query builder: which rows come after a cursor, up to a bound, in what order.
 * What differs by engine is told by its dialect; speed.md of the design measured why it must differ.
 */
export interface KeysetDialect {
  /** A quoted identifier. */
  identifier(name: string): string;
  /** A SQL expression for the value that the database once gave as `text` for this column. */
  value(column: string, text: string): string;
  /** `(a, b) > (x, y)` in the words that this engine can serve from an index. */
  after(columns: readonly string[], values: readonly string[]): string;
  /** That a quoted column is not null, in words that do not lead the engine away from the index of the order. */
  notNull(column: string): string;
  /**
   * False where rows whose watermark is null must not be ordered by it: MySQL then sees no order of the index. Without
   * it they are, since PostgreSQL sees that order only so.
   */
  readonly ordersByNull?: boolean;
}

/** Row values, for engines that serve them from an index (PostgreSQL, SQLite). */
export function afterByRowValue(columns: readonly string[], values: readonly string[]): string {
  return columns.length === 1
    ? `${columns[0]} > ${values[0]}`
    : `(${columns.join(', ')}) > (${values.join(', ')})`;
}

/** In words for engines without row values, or that serve none from an index: where to begin comes first, by itself. */
export function afterByComparisons(columns: readonly string[], values: readonly string[]): string {
  const [column = '', ...otherColumns] = columns;
  const [value = '', ...otherValues] = values;
  if (otherColumns.length === 0) return `${column} > ${value}`;
  const later = afterByComparisons(otherColumns, otherValues);
  return `${column} >= ${value} AND (${column} > ${value} OR (${column} = ${value} AND ${later}))`;
}

/** What is read by keyset: a view, or the log of its changes. */
export interface KeysetRelation {
  readonly dialect: KeysetDialect;
  readonly key: readonly string[];
  /** Whether a column may be null, as far as the database knows. */
  readonly isNullable: (column: string) => boolean;
}

/** One stretch of an order. A page reads the stretches one after the other. Rows with a null in the key are in none. */
export interface Stretch {
  readonly orderBy: string;
  /** The rows of this stretch that come after a position in it, or all of them. */
  where(after: Position | null): string;
  /** The rows of this stretch that the database calls equal to a position in it, in all columns of the order. */
  equal(position: Position): string;
  /** Whether a position lies in this stretch. */
  holds(position: Position): boolean;
}

/** All rows, by key. */
export function wholeByKey(relation: KeysetRelation): Stretch {
  const columns = keyColumns(relation);
  return {
    orderBy: columns.join(', '),
    where: (after) => {
      const begin = after === null ? [] : [relation.dialect.after(columns, keyValues(relation, after))];
      return [...begin, ...keyNotNull(relation), '1 = 1'].join(' AND ');
    },
    equal: (position) => equalEach(columns, keyValues(relation, position)).join(' AND '),
    holds: () => true,
  };
}

/** The rows whose watermark is null, by key. */
export function withoutWatermark(relation: KeysetRelation, watermark: string): Stretch {
  const { dialect } = relation;
  const columns = keyColumns(relation);
  const isNull = [`${dialect.identifier(watermark)} IS NULL`, ...keyNotNull(relation)];
  return {
    orderBy: [...(dialect.ordersByNull === false ? [] : [dialect.identifier(watermark)]), ...columns].join(
      ', ',
    ),
    where: (after) => {
      const begin = after === null ? [] : [dialect.after(columns, keyValues(relation, after))];
      return [...isNull, ...begin].join(' AND ');
    },
    equal: (position) => [...isNull, ...equalEach(columns, keyValues(relation, position))].join(' AND '),
    holds: (position) => position.watermark === null,
  };
}

/**
 * The rows from one watermark to another, by (watermark, key).
 * @param filter further conditions
 */
export function byWatermark(
  relation: KeysetRelation,
  watermark: string,
  range: { readonly from: string | null; readonly until: string },
  filter: readonly string[] = [],
): Stretch {
  const { dialect } = relation;
  const column = dialect.identifier(watermark);
  const columns = [column, ...keyColumns(relation)];
  const value = (text: string) => dialect.value(watermark, text);
  const begin = (after: Position | null): string[] => {
    if (after !== null && after.watermark !== null) {
      return [dialect.after(columns, [value(after.watermark), ...keyValues(relation, after)])];
    }
    return range.from === null ? [] : [`${column} >= ${value(range.from)}`];
  };
  return {
    orderBy: columns.join(', '),
    where: (after) =>
      [...begin(after), `${column} <= ${value(range.until)}`, ...keyNotNull(relation), ...filter].join(
        ' AND ',
      ),
    equal: (position) => {
      const values = [value(position.watermark ?? ''), ...keyValues(relation, position)];
      return [...equalEach(columns, values), ...filter].join(' AND ');
    },
    holds: (position) => position.watermark !== null,
  };
}

function equalEach(columns: readonly string[], values: readonly string[]): string[] {
  return columns.map((column, index) => `${column} = ${values[index]}`);
}

function keyColumns({ dialect, key }: KeysetRelation): string[] {
  return key.map((name) => dialect.identifier(name));
}

function keyNotNull({ dialect, key, isNullable }: KeysetRelation): string[] {
  return key.filter((name) => isNullable(name)).map((name) => dialect.notNull(dialect.identifier(name)));
}

function keyValues({ dialect, key }: KeysetRelation, position: Position): string[] {
  return key.map((name, index) => dialect.value(name, position.key[index] ?? ''));
}
