import { rawHexOf } from '../reading/keys.ts';
import type { MysqlColumn, MysqlKind } from './types.ts';

/** A quoted identifier. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A literal of ASCII or Unicode; the session knows no escapes by backslash. */
export function quoteText(text: string): string {
  return `_utf8mb4'${text.replaceAll("'", "''")}'`;
}

const day = String.raw`\d{4}-\d{2}-\d{2}`;
const moment = String.raw`\d{2}:\d{2}:\d{2}(\.\d{1,6})?`;

/** What the text of a value looks like, by kind; of the others, any text is one. */
const shapes: Partial<Readonly<Record<MysqlKind, RegExp>>> = {
  integer: /^-?\d{1,20}$/,
  bit: /^\d{1,20}$/,
  decimal: /^-?\d{1,65}(\.\d{1,38})?$/,
  double: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/,
  date: new RegExp(`^${day}$`),
  datetime: new RegExp(`^${day} ${moment}$`),
  timestamp: new RegExp(`^${day} ${moment}$`),
  time: /^-?\d{2,3}:\d{2}:\d{2}(\.\d{1,6})?$/,
  bytes: /^\\x([0-9a-f]{2})*$/,
};

/** Whether a text looks like one that a value of this column may have. */
export function mayBeValue({ kind }: MysqlColumn, text: string): boolean {
  return !text.includes('\0') && (shapes[kind]?.test(text) ?? true);
}

/**
 * SQL for the value that has this text, in the column's own type, character set and collation: compared with another,
 * the column would be converted, and have no index. Of a day or time that there is none, it is NULL.
 * Null for what is no text of a value.
 */
export function literalOf(column: MysqlColumn, text: string): string | null {
  const { kind, charset, collation } = column;
  const hex = rawHexOf(text);
  if (hex !== null) return rawLiteral(column, hex);
  if (!mayBeValue(column, text)) return null;
  switch (kind) {
    case 'integer':
    case 'bit':
    case 'decimal':
      return text;
    case 'double':
      return text.includes('e') ? text : `${text}e0`;
    case 'date':
      return `CAST('${text}' AS DATE)`;
    case 'datetime':
    case 'timestamp':
      return `CAST('${text}' AS DATETIME(6))`;
    case 'time':
      return `CAST('${text}' AS TIME(6))`;
    case 'bytes':
      return `x'${text.slice(2)}'`;
    default:
      if (charset === null || collation === null) return quoteText(text);
      return charset === 'utf8mb4'
        ? `${quoteText(text)} COLLATE ${collation}`
        : `CONVERT(${quoteText(text)} USING ${charset}) COLLATE ${collation}`;
  }
}

/**
 * Of bytes that are no text here, though they are one to the server (U+0000, half a surrogate pair): of its character
 * set, or NULL where they are none. Marked as of that set by a prefix, they would be an error then.
 */
function rawLiteral({ charset, collation }: MysqlColumn, hex: string): string | null {
  if (charset === null || collation === null || !/^([0-9a-f]{2})+$/.test(hex)) return null;
  const text = `CONVERT(x'${hex}' USING ${charset})`;
  return `IF(CAST(${text} AS BINARY) = x'${hex}', ${text}, NULL) COLLATE ${collation}`;
}
