import { exactDouble } from './doubles.ts';

/**
 * What the engine does with the values of a type: how it is read (`text` as bytes, `number` by the driver, else as
 * the text that the database makes of it), and which texts of ours are values of it.
 */
export type FirebirdKind =
  | 'text'
  | 'bytes'
  | 'blob'
  | 'float'
  | 'integer'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'boolean'
  | 'other'
  | 'unknown';

/** A type as the catalogue has it. */
export interface CatalogType {
  /** RDB$FIELD_TYPE */
  readonly code: number;
  readonly subType: number;
  /** Digits behind the point, as a negative number. */
  readonly scale: number;
  readonly precision: number;
  /** Bytes. */
  readonly length: number;
  readonly characters: number;
  /** Name of its character set, with that of its collation when it is not the ordinary one. */
  readonly charset: string;
  readonly collation: string | null;
  readonly isArray: boolean;
}

export interface FirebirdType {
  readonly kind: FirebirdKind;
  /** In the words of the database. */
  readonly name: string;
  /** What a literal is cast to. */
  readonly cast: string;
  /** Longest text that the database makes of a value, for `VARCHAR(n)`; 0 where the value is not read as that. */
  readonly width: number;
  /** Least and greatest value, of a number that has them, in units of its last digit. */
  readonly range: readonly [least: bigint, greatest: bigint] | null;
  readonly scale: number;
}

const integers: ReadonlyMap<
  number,
  { readonly name: string; readonly bits: bigint; readonly digits: number }
> = new Map([
  [7, { name: 'SMALLINT', bits: 16n, digits: 4 }],
  [8, { name: 'INTEGER', bits: 32n, digits: 9 }],
  [16, { name: 'BIGINT', bits: 64n, digits: 18 }],
  [26, { name: 'INT128', bits: 128n, digits: 38 }],
]);

/** The last three are of Firebird 4. */
const named: ReadonlyMap<number, readonly [kind: FirebirdKind, name: string, width: number]> = new Map([
  [10, ['float', 'FLOAT', 0]],
  [11, ['float', 'DOUBLE PRECISION', 0]],
  [27, ['float', 'DOUBLE PRECISION', 0]],
  [12, ['date', 'DATE', 10]],
  [13, ['time', 'TIME', 13]],
  [35, ['timestamp', 'TIMESTAMP', 24]],
  [23, ['boolean', 'BOOLEAN', 5]],
  [24, ['other', 'DECFLOAT(16)', 24]],
  [25, ['other', 'DECFLOAT(34)', 42]],
]);

export function typeOf(type: CatalogType): FirebirdType {
  const plain = { range: null, scale: 0, width: 0 };
  if (type.isArray) return { ...plain, kind: 'unknown', name: 'ARRAY', cast: '' };
  const integer = integers.get(type.code);
  if (integer !== undefined) return exactNumber(type, integer);
  const known = named.get(type.code);
  if (known !== undefined) {
    const [kind, name, width] = known;
    return { ...plain, kind, name, cast: name, width };
  }
  const collated = type.collation === null ? '' : ` COLLATE ${type.collation}`;
  if (type.code === 261) {
    const name =
      type.subType === 1
        ? `BLOB SUB_TYPE TEXT CHARACTER SET ${type.charset}${collated}`
        : `BLOB SUB_TYPE ${type.subType}`;
    return { ...plain, kind: 'blob', name, cast: '' };
  }
  if (type.code !== 14 && type.code !== 37)
    return { ...plain, kind: 'unknown', name: `type ${type.code}`, cast: '' };
  const cast = `${type.code === 14 ? 'CHAR' : 'VARCHAR'}(${type.characters}) CHARACTER SET ${type.charset}`;
  return { ...plain, kind: type.charset === 'OCTETS' ? 'bytes' : 'text', name: `${cast}${collated}`, cast };
}

function exactNumber(
  { subType, scale, precision }: CatalogType,
  { name, bits, digits }: { readonly name: string; readonly bits: bigint; readonly digits: number },
): FirebirdType {
  const greatest = 2n ** (bits - 1n) - 1n;
  const declared = `${subType === 2 ? 'DECIMAL' : 'NUMERIC'}(${precision > 0 ? precision : digits},${-scale})`;
  const type = scale === 0 && subType === 0 ? name : declared;
  // A sign, a point, and a zero before it.
  const width = digits + 5;
  return { kind: 'integer', name: type, cast: type, width, range: [-greatest - 1n, greatest], scale: -scale };
}

/**
 * Whether a text is a value of the type, for certain: the database rounds what has too many digits, and would find
 * a row that does not have the value that was asked for. Of text, the character set decides.
 */
export function isValueOf({ kind, cast, range, scale }: FirebirdType, text: string): boolean {
  switch (kind) {
    case 'integer':
      return range !== null && isWithin(text, scale, range);
    case 'float':
      return exactDouble(text, cast === 'FLOAT') !== null;
    case 'date':
      return isDate(text);
    case 'time':
      return isTime(text);
    case 'timestamp': {
      const [date = '', time = '', ...more] = text.split(' ');
      return more.length === 0 && isDate(date) && isTime(time);
    }
    case 'boolean':
      return text === 'TRUE' || text === 'FALSE';
    case 'bytes':
      return /^\\x([0-9a-f]{2})*$/.test(text);
    case 'text':
      return true;
    case 'other':
      return /^[-+0-9.:eE/ A-Za-z_]{1,60}$/.test(text);
    case 'blob':
    case 'unknown':
      return false;
  }
}

function isWithin(text: string, scale: number, [least, greatest]: readonly [bigint, bigint]): boolean {
  const [, sign = '', whole = '', fraction = ''] =
    /^([-+]?)(\d{1,40})(?:\.(\d{1,40}))?$/.exec(text.trim()) ?? [];
  if (whole === '' || fraction.length > scale) return false;
  const units = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction.padEnd(scale, '0')}`);
  return units >= least && units <= greatest;
}

function isDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year > 0 && day > 0 && day <= (lengths[month - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,4})?$/.test(text);
}
