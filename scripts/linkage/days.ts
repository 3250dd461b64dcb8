import type { Rng } from '../demo/rng.ts';

const dayMs = 86_400_000;
const yearDays = 365.25;
const newest = Date.UTC(2007, 0, 1);

/** 2007 less the absolute of a normal number of years, fourteen its deviation, sixty at most; in days since 1970. */
export function birthDay(rng: Rng): number {
  const years = Math.min(60, Math.abs(normal(rng)) * 14);
  return Math.floor((newest - years * yearDays * dayMs) / dayMs);
}

export function day(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

function normal(rng: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.fraction())) * Math.cos(2 * Math.PI * rng.fraction());
}

/** `1980-03-02` of `1980-02-03`; null where that is no other date. */
export function swapped(birth: string): string | null {
  const [year, month, of] = birth.split('-');
  return Number(of) > 12 || month === of ? null : `${year}-${of}-${month}`;
}

/** Off by so many days or years, and a date that there is. */
export function dayOff(birth: string, days: number): string {
  return day(Date.parse(birth) / dayMs + days);
}

export function yearOff(birth: string, years: number): string {
  const year = Number(birth.slice(0, 4)) + years;
  const leap = birth.endsWith('02-29') && year % 4 !== 0;
  return `${year}${leap ? '-02-28' : birth.slice(4)}`;
}
