import type { ColumnDescription } from '../view-source.ts';

/** A column as the server describes it. */
export interface SqlServerColumn extends ColumnDescription {
  /** The type without its arguments; of an alias type the one beneath, of a CLR type its own name. */
  readonly base: string;
  /** True for a type of the common language runtime: `geography`, `hierarchyid`, the state's own. */
  readonly isClr: boolean;
  /** Most bytes; -1 without a limit. */
  readonly bytes: number;
  readonly precision: number;
  readonly scale: number;
  /** Of text; else null. */
  readonly collation: string | null;
  /** The Windows code page in which `char`, `varchar` and `text` are kept: 1252, 65001 for UTF-8; else null. */
  readonly codePage: number | null;
}

/** What the server can do that not every version can. */
export interface SqlServerAbilities {
  /** `CONVERT` of a float with style 3, all its 17 digits: from SQL Server 2016 on. */
  readonly hasLosslessFloats: boolean;
}

/**
 * How a value comes over the wire, and what its text is made of:
 * - `text`: as the server's own text, in UTF-16: every code unit arrives, also half a surrogate pair;
 * - `binary`: bytes that are written in hexadecimal;
 * - `utf8`: bytes that are text in UTF-8, as they are stored;
 * - `tagged`: a first byte that says which, then UTF-16 (`tagOfText`), or the bytes that the server cannot convert.
 */
export type WireForm = 'text' | 'binary' | 'utf8' | 'tagged';

export const tagOfText = 0x54;
const tagOfBytes = 0x42;

/** SQL for a value, and what it is on the wire. */
export interface Rendering {
  readonly form: WireForm;
  readonly sql: string;
}

const utf8 = 65_001;
/** Code pages of more than one byte a character, in which not every byte sequence is text. */
const multiByte: ReadonlySet<number> = new Set([932, 936, 949, 950]);

/**
 * Styles of `CONVERT` that write a value in full, with the length of what they write, whatever the session's language
 * and date format are. 121 gives as many digits as the type has, 2 of money its four, 3 of a float its 17.
 */
const styles: Readonly<Record<string, readonly [length: number, style: number]>> = {
  date: [10, 23],
  time: [16, 121],
  smalldatetime: [19, 120],
  datetime: [23, 121],
  datetime2: [27, 121],
  datetimeoffset: [34, 121],
  money: [30, 2],
  smallmoney: [30, 2],
};
/** Longest texts of types that have one way only to be written. */
const lengths: Readonly<Record<string, number>> = {
  ...{ bit: 1, tinyint: 3, smallint: 6, int: 11, bigint: 20, decimal: 41, numeric: 41, uniqueidentifier: 36 },
};

/** How a value of a column's type is read; `expression` is the column, or any other of its type. */
export function rendering(
  column: SqlServerColumn,
  expression: string,
  { hasLosslessFloats }: SqlServerAbilities,
): Rendering {
  const { base, bytes, isClr } = column;
  const text = (length: number | 'max', style?: number): Rendering => ({
    form: 'text',
    sql: `CONVERT(nvarchar(${length}), ${expression}${style === undefined ? '' : `, ${style}`})`,
  });
  if (isClr) return { form: 'binary', sql: `CONVERT(varbinary(max), ${expression})` };
  const [length, style] = styles[base] ?? [];
  if (length !== undefined) return text(length, style);
  const plain = lengths[base];
  if (plain !== undefined) return text(plain);
  switch (base) {
    case 'float':
    case 'real':
      return text(30, hasLosslessFloats ? 3 : 2);
    case 'nchar':
    case 'nvarchar':
      return { form: 'text', sql: expression };
    case 'char':
    case 'varchar':
    case 'text':
      return narrowText(column, expression);
    case 'binary':
    case 'varbinary':
      return { form: 'binary', sql: expression };
    case 'timestamp':
      return { form: 'binary', sql: `CONVERT(varbinary(${bytes}), ${expression})` };
    case 'image':
      return { form: 'binary', sql: `CONVERT(varbinary(max), ${expression})` };
    case 'sql_variant':
      return { form: 'text', sql: variantText(expression, hasLosslessFloats) };
    // ntext, xml, json, vector, and what later versions bring.
    default:
      return text('max');
  }
}

/** Text in a code page. Of one byte a character every byte is some character, so that converting loses nothing. */
function narrowText({ bytes, codePage, base }: SqlServerColumn, expression: string): Rendering {
  const isLong = bytes === -1 || base === 'text';
  if (codePage === utf8) {
    return { form: 'utf8', sql: `CONVERT(varbinary(${isLong ? 'max' : bytes}), ${expression})` };
  }
  if (codePage === null || !multiByte.has(codePage)) {
    const length = isLong || bytes > 4000 ? 'max' : bytes;
    return { form: 'text', sql: `CONVERT(nvarchar(${length}), ${expression})` };
  }
  const wide = `CONVERT(nvarchar(max), ${expression})`;
  const bare = `CONVERT(varbinary(max), ${base === 'text' ? `CONVERT(varchar(max), ${expression})` : expression})`;
  const back = `CONVERT(varbinary(max), CONVERT(varchar(max), ${wide}))`;
  const tagged = (tag: number, value: string) => `0x${tag.toString(16)} + CONVERT(varbinary(max), ${value})`;
  const sql = `CASE WHEN ${back} = ${bare} THEN ${tagged(tagOfText, wide)} ELSE ${tagged(tagOfBytes, bare)} END`;
  return { form: 'tagged', sql };
}

/** A `sql_variant` is written as a column of the type that it holds would be; bytes as text, in hexadecimal. */
function variantText(expression: string, hasLosslessFloats: boolean): string {
  const cases = [
    ...Object.entries(styles),
    ...['float', 'real'].map((base) => [base, [30, hasLosslessFloats ? 3 : 2]] as const),
  ].map(
    ([base, [length, style]]) =>
      `WHEN '${base}' THEN CONVERT(nvarchar(${length}), CONVERT(${base}, ${expression}), ${style})`,
  );
  const bytes = `N'\\x' + LOWER(CONVERT(nvarchar(max), CONVERT(varbinary(8000), ${expression}), 2))`;
  const isBytes = ['binary', 'varbinary'].map((base) => `WHEN '${base}' THEN ${bytes}`);
  const base = `CONVERT(varchar(128), SQL_VARIANT_PROPERTY(${expression}, 'BaseType'))`;
  return `CASE ${base} ${[...cases, ...isBytes].join(' ')} ELSE CONVERT(nvarchar(max), ${expression}) END`;
}

/** Whether values of a column may be of any length. */
export function isUnlimited({ base, bytes, isClr }: SqlServerColumn): boolean {
  return bytes === -1 || isClr || ['text', 'ntext', 'image', 'xml', 'json'].includes(base);
}

/** SQL for a number of bytes that the line of a value has at least; for columns of any length. */
export function leastLineBytes(column: SqlServerColumn, expression: string): string {
  const { base, isClr } = column;
  const length = (value: string) => `ISNULL(DATALENGTH(${value}), 0)`;
  if (isClr || base === 'varbinary' || base === 'image') return `${length(expression)} * 2`;
  if (base === 'nvarchar' || base === 'ntext') return `${length(expression)} / 2`;
  // Of a multi-byte code page two bytes are one character of at least two bytes in UTF-8.
  if (base === 'varchar' || base === 'text') return length(expression);
  return `${length(`CONVERT(nvarchar(max), ${expression})`)} / 2`;
}
