import { bytesLiteral, mostUnits, rawBytesOf, rawTextLiteral, textLiteral } from './text.ts';
import type { SqlServerColumn } from './types.ts';

/**
 * SQL for the value that the server once gave as `text` of a column, in the column's own type, so that the bare
 * column is compared; null for a text that is no value of it. That is decided here, to the last digit and day: a
 * literal that the server refuses would take its transaction with it, and `TRY_CONVERT` is not there in databases
 * that are kept compatible with SQL Server 2008.
 */
export function literalOf(column: SqlServerColumn, text: string): string | null {
  const { base, isClr, type } = column;
  const raw = rawBytesOf(text);
  if (isClr) return base === 'hierarchyid' ? bytesOfType('hierarchyid', text) : null;
  if (base === 'nchar' || base === 'nvarchar') {
    if (raw === null) return textLiteral(text);
    // Of an odd number of bytes the server would make another text.
    return raw.length % 4 === 0 ? rawTextLiteral('nvarchar', raw) : null;
  }
  if (base === 'char' || base === 'varchar') {
    return raw === null ? narrowLiteral(column, text) : rawTextLiteral('varchar', raw);
  }
  if (base === 'binary' || base === 'varbinary') return bytesOf(text);
  if (base === 'timestamp') return /^\\x[0-9a-f]{16}$/.test(text) ? bytesOfType('binary(8)', text) : null;
  const style = dateStyles[base];
  if (style !== undefined) return isDate(column, text) ? `CONVERT(${type}, N'${text}', ${style})` : null;
  return isPlain(column, text) ? `CAST(N'${text}' AS ${type})` : null;
}

function bytesOf(text: string): string | null {
  return /^\\x([0-9a-f]{2})*$/.test(text) ? bytesLiteral(text.slice(2)) : null;
}

function bytesOfType(type: string, text: string): string | null {
  const bytes = bytesOf(text);
  return bytes === null ? null : `CONVERT(${type}, ${bytes})`;
}

/**
 * In the column's code page and collation: compared with a Unicode literal, a column of an old SQL collation would be
 * converted row by row. Longer than the column, so that a text that is too long for it equals nothing.
 */
function narrowLiteral({ collation, bytes }: SqlServerColumn, text: string): string {
  const size = bytes === -1 || text.length > mostUnits ? 'max' : '8000';
  const collate = collation === null ? '' : ` COLLATE ${collation}`;
  return `CONVERT(varchar(${size}), ${textLiteral(text)}${collate})`;
}

/** Whether a text is one that the server writes for a value without a date. */
function isPlain({ base, precision, scale }: SqlServerColumn, text: string): boolean {
  const range = integers[base];
  if (range !== undefined) return /^(0|-?[1-9]\d{0,18})$/.test(text) && isWithin(BigInt(text), range);
  const money = moneys[base];
  if (money !== undefined) {
    return /^-?\d{1,15}\.\d{4}$/.test(text) && isWithin(BigInt(text.replace('.', '')), money);
  }
  switch (base) {
    case 'decimal':
    case 'numeric': {
      const [, whole = '', fraction = ''] = /^-?(\d{1,38})(?:\.(\d{1,38}))?$/.exec(text) ?? [];
      const digits = whole.replace(/^0+(?=\d)/, '');
      return (
        digits !== '' && fraction.length <= scale && (digits === '0' || digits.length <= precision - scale)
      );
    }
    case 'float':
    case 'real':
      return isFloat(base, text);
    case 'uniqueidentifier':
      return /^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/i.test(text);
    default:
      return false;
  }
}

type Range = readonly [least: bigint, most: bigint];

const signed = (bits: bigint): Range => [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
const integers: Readonly<Record<string, Range>> = {
  bit: [0n, 1n],
  tinyint: [0n, 255n],
  smallint: signed(16n),
  int: signed(32n),
  bigint: signed(64n),
};
/** In ten-thousandths. */
const moneys: Readonly<Record<string, Range>> = { smallmoney: signed(32n), money: signed(64n) };

/** The least value of a type of whole numbers; null for any other. */
export function leastInteger(base: string): bigint | null {
  return integers[base]?.[0] ?? null;
}

function isWithin(value: bigint, [least, most]: Range): boolean {
  return value >= least && value <= most;
}

/** The greatest values, as digits and exponent: beyond them the server reports an overflow. */
const greatest = { float: ['1.7976931348623157', 308], real: ['3.4028235', 38] } as const;

function isFloat(base: 'float' | 'real', text: string): boolean {
  const [, digits = '', sign = '', exponent = ''] = /^-?(\d\.\d{1,16})e([+-])(\d{3})$/.exec(text) ?? [];
  if (digits === '') return false;
  const [most, mostExponent] = greatest[base];
  if (sign === '-') return Number(exponent) <= 350;
  return Number(exponent) < mostExponent || (Number(exponent) === mostExponent && digits <= most);
}

/** The styles by which the texts of `rendering` are read back. */
const dateStyles: Readonly<Record<string, number>> = {
  ...{ date: 23, time: 121, smalldatetime: 120, datetime: 121, datetime2: 121, datetimeoffset: 121 },
};
/** First and last day of the types that do not go from the year 1 to 9999. */
const days: Readonly<Record<string, readonly [first: string, last: string]>> = {
  smalldatetime: ['1900-01-01', '2079-06-06'],
  datetime: ['1753-01-01', '9999-12-31'],
};
const everyDay = ['0001-01-01', '9999-12-31'] as const;

/** The first day of a type of dates. */
export function firstDay(base: string): string {
  return (days[base] ?? everyDay)[0];
}

const day = String.raw`(\d{4})-(\d\d)-(\d\d)`;
const zone = String.raw` ([+-])(?:0\d|1[0-3]):[0-5]\d| ([+-])14:00`;

/** A `datetime` has 300 ticks a second, written as .000, .003 and .007; a `smalldatetime` has minutes. */
function timeOf(base: string, digits: number): string {
  if (base === 'smalldatetime') return String.raw`(?:[01]\d|2[0-3]):[0-5]\d:00`;
  const isTicks = base === 'datetime';
  const fraction = isTicks ? String.raw`\d\d[037]` : String.raw`\d{1,${digits}}`;
  const ending = digits === 0 && !isTicks ? '' : String.raw`(?:\.${fraction})?`;
  return String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d${ending}`;
}

function isDate({ base, scale }: SqlServerColumn, text: string): boolean {
  const time = timeOf(base, scale);
  const shapes: Readonly<Record<string, string>> = {
    ...{ date: day, time, datetimeoffset: `${day} ${time}(?:${zone})` },
  };
  const match = new RegExp(`^${shapes[base] ?? `${day} ${time}`}$`).exec(text);
  if (match === null || base === 'time') return match !== null;
  const [first, last] = days[base] ?? everyDay;
  const given = text.slice(0, 10);
  // The instant itself has to be within the calendar, too.
  const ahead = match[4] ?? match[5];
  const isOutside = !text.endsWith(' +00:00') && given === (ahead === '+' ? first : last);
  if (base === 'datetimeoffset' && isOutside) return false;
  const [year, month, date] = match.slice(1, 4).map(Number);
  return given >= first && given <= last && (date ?? 0) >= 1 && (date ?? 0) <= daysIn(year ?? 0, month ?? 0);
}

/** How many days a month of the Gregorian calendar has, which SQL Server reckons back to the year 1; 0 for none. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
