import type { ColumnDescription } from '../view-source.ts';

/** A column as SQLite declares it. SQLite types values, not columns: any column may hold any kind of value. */
export interface SqliteColumn extends ColumnDescription {
  /** It is read for a place in the order, see `positionOf`. */
  readonly isPlace?: boolean;
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Declared for bytes (SQLite's rule for BLOB affinity, less the empty declaration of computed columns). */
export function holdsBytes(column: SqliteColumn): boolean {
  return column.type.toUpperCase().includes('BLOB');
}

/**
 * SQL for the text of a value, rendered by SQLite: reals by `quote`, which alone gives every bit of them back,
 * columns declared BLOB as `\x` and hexadecimal whatever they hold, places with the storage class. JavaScript sees only
 * text and null.
 */
export function textOf(column: SqliteColumn): string {
  const name = quoteIdentifier(column.name);
  if (column.isPlace === true) return positionOf(name);
  // `hex` makes an empty text of null.
  if (holdsBytes(column)) return `CASE WHEN ${name} IS NOT NULL THEN '\\x' || lower(hex(${name})) END`;
  return `CASE typeof(${name}) WHEN 'real' THEN quote(${name}) ELSE CAST(${name} AS TEXT) END`;
}

/** The same as bytes, for rows whose text JavaScript could not decode. */
export function bytesOf(column: SqliteColumn): string {
  return `CAST(${textOf(column)} AS BLOB)`;
}

/** SQL for whether one of many conditions holds; in groups, since SQLite bounds the depth of an expression. */
export function anyOf(conditions: readonly string[]): string {
  if (conditions.length <= 50) return `(${conditions.join(' OR ')})`;
  const groups: string[] = [];
  for (let start = 0; start < conditions.length; start += 50) {
    groups.push(anyOf(conditions.slice(start, start + 50)));
  }
  return anyOf(groups);
}

/** SQL for whether the texts of a row have more bytes than that together. Told by the lengths, no value is read. */
export function isOverBytes(columns: readonly SqliteColumn[], bytes: number): string {
  const lengths = columns.map((column) => {
    const length = `ifnull(octet_length(${quoteIdentifier(column.name)}), 0)`;
    return holdsBytes(column) ? `2 * ${length}` : length;
  });
  return `${sumOf(lengths)} > ${bytes}`;
}

/** SQL for the sum of many terms; in groups, as `anyOf`. */
export function sumOf(terms: readonly string[]): string {
  if (terms.length <= 50) return `(${terms.join(' + ')})`;
  const groups: string[] = [];
  for (let start = 0; start < terms.length; start += 50) groups.push(sumOf(terms.slice(start, start + 50)));
  return sumOf(groups);
}

/**
 * SQL for a value together with its storage class, so that a cursor can give it back exactly: SQLite compares an
 * integer with a text by their classes, not by what they say.
 */
export function positionOf(name: string): string {
  return `CASE typeof(${name}) WHEN 'null' THEN NULL WHEN 'integer' THEN 'integer:' || ${name}
    WHEN 'real' THEN 'real:' || quote(${name}) ELSE typeof(${name}) || ':' || hex(${name}) END`;
}

/**
 * SQL for a value that `positionOf` gave. Only hexadecimal and numbers get into the statement. The `+` takes the
 * affinity of the CAST away: with it, SQLite would convert what the column holds before it compares.
 */
export function valueOf(text: string): string | undefined {
  const [, kind, value = ''] = /^(integer|real|text|blob):(.*)$/.exec(text) ?? [];
  if (kind === 'integer' && /^-?\d+$/.test(value)) return `+CAST('${value}' AS INTEGER)`;
  if (kind === 'real' && /^-?\d[\d.e+-]*$/i.test(value)) return `+CAST('${value}' AS REAL)`;
  if (kind === 'text' && /^([0-9A-F]{2})*$/.test(value)) return `+CAST(X'${value}' AS TEXT)`;
  if (kind === 'blob' && /^([0-9A-F]{2})*$/.test(value)) return `X'${value}'`;
  return undefined;
}
