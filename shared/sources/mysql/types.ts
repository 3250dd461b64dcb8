import { utf8Text } from '../reading/lines.ts';
import type { ColumnDescription } from '../view-source.ts';

/** How the values of a type are told apart, compared and bounded; not one kind for each of the server's types. */
export type MysqlKind =
  | 'integer'
  | 'decimal'
  | 'double'
  | 'bit'
  | 'date'
  | 'datetime'
  | 'timestamp'
  | 'time'
  | 'text'
  | 'choice'
  | 'bytes'
  | 'document'
  | 'other';

/** A column as the catalogue has it. */
export interface MysqlColumn extends ColumnDescription {
  readonly kind: MysqlKind;
  /** The server's name of its type, without length: `varchar`. */
  readonly base: string;
  readonly isUnsigned: boolean;
  /** Of a text. */
  readonly charset: string | null;
  readonly collation: string | null;
  /** Whether a value may be larger than a row may be that travels. */
  readonly isLong: boolean;
}

const kinds: Readonly<Record<string, MysqlKind>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  decimal: 'decimal',
  float: 'double',
  double: 'double',
  bit: 'bit',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'timestamp',
  time: 'time',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  enum: 'choice',
  set: 'choice',
  json: 'document',
  binary: 'bytes',
  varbinary: 'bytes',
  tinyblob: 'bytes',
  blob: 'bytes',
  mediumblob: 'bytes',
  longblob: 'bytes',
  geometry: 'bytes',
  point: 'bytes',
  linestring: 'bytes',
  polygon: 'bytes',
  multipoint: 'bytes',
  multilinestring: 'bytes',
  multipolygon: 'bytes',
  geometrycollection: 'bytes',
  geomcollection: 'bytes',
};

/** Types whose values the server gives as they are, in ASCII: `uuid`, `inet6` and what may come. */
export function kindOf(base: string): MysqlKind {
  return kinds[base] ?? 'other';
}

export function isLongType(base: string): boolean {
  return /^(medium|long)(text|blob)$|^json$|geom|point|linestring|polygon/.test(base);
}

/** Of these the text in UTF-8 may be shorter than what is stored. */
const wide: ReadonlySet<string> = new Set(['ucs2', 'utf16', 'utf16le', 'utf32']);

/** How the stored bytes of a character set are read here; of others the server is asked to convert them. */
const decoders: Readonly<Record<string, (bytes: Buffer) => string | null>> = {
  utf8mb4: utf8Text,
  utf8mb3: utf8Text,
  utf8: utf8Text,
  ascii: utf8Text,
  ucs2: (bytes) => utf16Text('utf-16be', bytes),
  utf16: (bytes) => utf16Text('utf-16be', bytes),
  utf16le: (bytes) => utf16Text('utf-16le', bytes),
};

/** The text of what the server gives of a column, or null where its bytes have none. */
export function textOf({ charset }: MysqlColumn, bytes: Buffer): string | null {
  return (decoders[charset ?? 'utf8mb4'] ?? utf8Text)(bytes);
}

function utf16Text(encoding: 'utf-16be' | 'utf-16le', bytes: Buffer): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/**
 * SQL for what the server gives of a value. Results come without any conversion (`character_set_results` is off), so
 * that bytes which text cannot hold arrive as they are, not as `?`.
 *
 * - Text of a character set that is not read here is converted by the server where that loses nothing; else it is 0x00
 *   and the hexadecimal of what is stored (`unconverted`).
 * - FLOAT has six digits in the server's own text, fewer than it holds: as DOUBLE it has all of them.
 * - BIT is the number that its bits are.
 */
export function fieldOf(column: MysqlColumn, value: string): string {
  const { kind, base } = column;
  if (kind === 'double') return base === 'float' ? `${value} + 0e0` : value;
  if (kind === 'bit') return `${value} + 0`;
  if (!isConverted(column)) return value;
  const text = `CONVERT(${value} USING utf8mb4)`;
  const isWhole = `CAST(CONVERT(${text} USING ${column.charset}) AS BINARY) = CAST(${value} AS BINARY)`;
  const hasNul = `LOCATE(x'00', CAST(${text} AS BINARY)) > 0`;
  return `IF(${isWhole} AND NOT ${hasNul}, CAST(${text} AS BINARY), CONCAT(x'00', HEX(${value})))`;
}

/** The stored bytes of a text that the server did not convert, see `fieldOf`; else null. */
export function unconverted(column: MysqlColumn, bytes: Buffer): Buffer | null {
  if (bytes[0] !== 0 || !isConverted(column)) return null;
  return Buffer.from(bytes.toString('latin1', 1), 'hex');
}

function isConverted({ charset }: MysqlColumn): boolean {
  return charset !== null && decoders[charset] === undefined;
}

/** SQL for a number of bytes that the line of a value has at least. */
export function leastBytes({ kind, charset }: MysqlColumn, value: string): string {
  if (kind === 'bytes') return `2 * IFNULL(OCTET_LENGTH(${value}), 0)`;
  const length = wide.has(charset ?? '') ? 'CHAR_LENGTH' : 'OCTET_LENGTH';
  return `IFNULL(${length}(${value}), 0)`;
}
