import type { Cursor, Position } from '../watermark.ts';

/**
 * The keyset query builder: which rows of a view come after a cursor, up to a bound, in what order.
 * What differs by engine is told by its dialect; speed.md of the design measured why it must differ.
 */
export interface KeysetDialect {
  /** A quoted identifier. */
  identifier(name: string): string;
  /** A SQL expression for the value that the database once gave as `text` for this column. */
  value(column: string, text: string): string;
  /** `(a, b) > (x, y)` in the words that this engine can serve from an index. */
  after(columns: readonly string[], values: readonly string[]): string;
}

/** Row values, for engines that serve them from an index (PostgreSQL, SQLite). */
export function afterByRowValue(columns: readonly string[], values: readonly string[]): string {
  return columns.length === 1
    ? `${columns[0]} > ${values[0]}`
    : `(${columns.join(', ')}) > (${values.join(', ')})`;
}

export interface KeysetView {
  readonly key: readonly string[];
  readonly watermark: string;
  /** False when the watermark column is declared NOT NULL: then there are no rows without one. */
  readonly watermarkNullable: boolean;
}

/** One stretch of a view's order. A page reads the stretches one after the other. */
export interface Stretch {
  readonly orderBy: string;
  /** The rows of this stretch that come after a position in it, or all of them. */
  where(after: Position | null): string;
  /** Whether a position lies in this stretch. */
  holds(position: Position): boolean;
}

/** The stretches that a cycle still has to read from a cursor on, in their order. */
export function stretchesFrom(
  dialect: KeysetDialect,
  view: KeysetView,
  cursor: Cursor,
  until: string | null,
): Stretch[] {
  const stretches: Stretch[] = [];
  const pastNulls = cursor.at !== null && cursor.at.watermark !== null;
  if (view.watermarkNullable && !pastNulls) stretches.push(withoutWatermark(dialect, view));
  if (until !== null) stretches.push(byWatermark(dialect, view, cursor.from, until));
  return stretches;
}

function withoutWatermark(dialect: KeysetDialect, view: KeysetView): Stretch {
  const columns = view.key.map((name) => dialect.identifier(name));
  const isNull = `${dialect.identifier(view.watermark)} IS NULL`;
  return {
    // By the watermark as well, which is null in all of them: only so does PostgreSQL see the order of the index.
    orderBy: [dialect.identifier(view.watermark), ...columns].join(', '),
    where: (after) =>
      after === null ? isNull : `${isNull} AND ${dialect.after(columns, keyValues(dialect, view, after))}`,
    holds: (position) => position.watermark === null,
  };
}

function byWatermark(dialect: KeysetDialect, view: KeysetView, from: string | null, until: string): Stretch {
  const watermark = dialect.identifier(view.watermark);
  const columns = [watermark, ...view.key.map((name) => dialect.identifier(name))];
  const value = (text: string) => dialect.value(view.watermark, text);
  const begin = (after: Position | null): string[] => {
    if (after !== null && after.watermark !== null) {
      return [dialect.after(columns, [value(after.watermark), ...keyValues(dialect, view, after)])];
    }
    return from === null ? [] : [`${watermark} >= ${value(from)}`];
  };
  return {
    orderBy: columns.join(', '),
    where: (after) => [...begin(after), `${watermark} <= ${value(until)}`].join(' AND '),
    holds: (position) => position.watermark !== null,
  };
}

function keyValues(dialect: KeysetDialect, view: KeysetView, position: Position): string[] {
  return view.key.map((name, index) => dialect.value(name, position.key[index] ?? ''));
}
