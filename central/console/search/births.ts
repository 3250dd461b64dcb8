import { readDay } from '../../../shared/day.ts';

/** Days between which somebody was born, both included: `1980-01-31`. */
export interface Births {
  readonly from: string;
  readonly to: string;
}

const [firstYear, lastYear] = [1850, 2100];

/** A day, a month (`01/1980`) or a year; null for nothing, `none` for what is none of these. */
export function readBirths(text: string): Births | null | 'none' {
  if (text === '') return null;
  const day = readDay(text.replaceAll(/[-.]/g, text.match(/^\d{4}-/) ? '-' : '/'));
  if (day !== null) return isYear(Number(day.slice(0, 4))) ? { from: day, to: day } : 'none';
  const [, month, year] = /^(?:(\d{1,2})\/)?(\d{4})$/.exec(text) ?? [];
  if (year === undefined || !isYear(Number(year))) return 'none';
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const number = Number(month);
  if (number < 1 || number > 12) return 'none';
  const last = new Date(Date.UTC(Number(year), number, 0)).getUTCDate();
  const start = `${year}-${String(number).padStart(2, '0')}`;
  return { from: `${start}-01`, to: `${start}-${last}` };
}

/** Those who are of these ages on a day; each may be left out. */
export function bornAtAges(from: string, to: string, today: string): Births | null | 'none' {
  if (from === '' && to === '') return null;
  const [least, most] = [readAge(from, 0), readAge(to, 130)];
  if (least === null || most === null || least > most) return 'none';
  // Who has not had their birthday this year is a year younger than the years say.
  return { from: dayAfter(yearsBefore(today, most + 1)), to: yearsBefore(today, least) };
}

function readAge(text: string, otherwise: number): number | null {
  if (text === '') return otherwise;
  return /^\d{1,3}$/.test(text) && Number(text) <= 130 ? Number(text) : null;
}

const isYear = (year: number) => year >= firstYear && year <= lastYear;

function yearsBefore(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year - years, month - 1, date)).toISOString().slice(0, 10);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
