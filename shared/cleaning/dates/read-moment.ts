import { readIso } from './iso.ts';
import type { Moment } from './moment.ts';
import { monthOf } from './month-names.ts';

/** Nothing longer is looked at: the patterns below are tried on short texts only. */
const longest = 80;

// Day, month and year in either order, `31/01/1990`, `1990-1-31`, `1.5.85`.
const numbers = /^(\d{1,4}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{1,4})(?!\d)/;
// `19900131` or `31011990`, also with the time behind it, `19900131134500`.
const packed = /^(\d{8})(?:(\d\d)(\d\d)(\d\d)?$|(?!\d))/;
// `31 de janeiro de 1990`, `1º/jan/90`.
const named =
  /^(?:[\p{L}-]{3,13}, )?(\d{1,2})(?:º|°|o)?(?: de | ?[-/. ] ?)(\p{L}{3,9})(?: de |\.? ?[-/., ] ?)(\d{4}|\d\d)(?!\d)/iu;
// As SQL Server writes it: `Jan 31 1990 12:00AM`.
const monthFirst = /^(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)/u;
// `13:45`, `13:45:00.123`, `13h45`, `01.45.00 PM`, each with an offset: `-03`, `-0300`, `-03:00`, `Z`.
const time =
  /^(?:T|,? [àa]s |, | ?- ?|:| )(\d{1,2})(?:[:.h](\d\d)(?:[:.m](\d\d)?(?:[.,:]\d{1,9})?s?|min)?|h)(?: ?([AP])\.?M\.?)?(?: ?(?:(Z|UTC|GMT)|([-+])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?))?$/i;

/** @param text cleaned. @returns null where it is no date */
export function readMoment(text: string): Moment | null {
  if (text.length > longest) return null;
  return readIso(text) ?? readAny(text);
}

function readAny(text: string): Moment | null {
  const date = readDate(text);
  if (date === null) return null;
  const { rest, ...day } = date;
  if (rest === '') return { ...day, hour: 0, minute: 0, second: 0, offset: null };
  const told = time.exec(rest);
  if (told === null) return null;
  const [
    ,
    hour = '',
    minute = '0',
    second = '0',
    half,
    utc,
    sign,
    hours = '0',
    minutes = '0',
    seconds = '0',
  ] = told;
  const ahead = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return {
    ...day,
    hour: half === undefined ? Number(hour) : ofHalf(Number(hour), half),
    minute: Number(minute),
    second: Number(second),
    offset: utc !== undefined ? 0 : sign === undefined ? null : sign === '-' ? -ahead : ahead,
  };
}

type WrittenDay = Pick<Moment, 'year' | 'month' | 'day' | 'short'> & { readonly rest: string };

function readDate(text: string): WrittenDay | null {
  return readNumbers(text) ?? readPacked(text) ?? readNamed(text);
}

function readNumbers(text: string): WrittenDay | null {
  const [all, first, month, last] = numbers.exec(text) ?? [];
  if (all === undefined || first === undefined || last === undefined) return null;
  const rest = text.slice(all.length);
  const yearFirst = first.length === 4 && last.length <= 2;
  if (!yearFirst && (first.length > 2 || (last.length !== 2 && last.length !== 4))) return null;
  const [year, day] = yearFirst ? [first, last] : [last, first];
  return { year: Number(year), month: Number(month), day: Number(day), short: year.length === 2, rest };
}

/** No year of four digits from 1800 on begins with a month, so that eight digits can be read in one way at most. */
function readPacked(text: string): WrittenDay | null {
  const [all, digits, hour, minute, second = '00'] = packed.exec(text) ?? [];
  if (all === undefined || digits === undefined) return null;
  const rest = hour === undefined ? text.slice(8) : ` ${hour}:${minute}:${second}`;
  const yearFirst = Number(digits.slice(4, 6)) <= 12;
  const [year, month, day] = yearFirst
    ? [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
    : [digits.slice(4), digits.slice(2, 4), digits.slice(0, 2)];
  return { year: Number(year), month: Number(month), day: Number(day), short: false, rest };
}

function readNamed(text: string): WrittenDay | null {
  const dayFirst = named.exec(text);
  const [all, one, two, year] = dayFirst ?? monthFirst.exec(text) ?? [];
  if (all === undefined || one === undefined || two === undefined || year === undefined) return null;
  const [day, name] = dayFirst === null ? [two, one] : [one, two];
  const month = monthOf(name);
  if (month === undefined) return null;
  return {
    year: Number(year),
    month,
    day: Number(day),
    short: year.length === 2,
    rest: text.slice(all.length),
  };
}

function ofHalf(hour: number, half: string): number {
  // Beyond twelve it is no hour of a half day, and none at all.
  if (hour < 1 || hour > 12) return 99;
  return (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
}
