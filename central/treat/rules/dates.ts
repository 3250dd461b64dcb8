/**
 * Days are texts, `2026-01-31`, that sort as they follow each other; a day counted from another is one of a year of four
 * digits, the first or last of them where it would lie beyond. No zone, no clock: a day is the same everywhere.
 */
export const firstDay = '0001-01-01';
export const lastDay = '9999-12-31';

const millisecondsOfDay = 86_400_000;

/** More different days than a state's rows have, nearly always: what is found of each is kept. */
const mostKept = 50_000;

function kept<K, V>(make: (of: K) => V): (of: K) => V {
  const known = new Map<K, V>();
  return (of) => {
    let it = known.get(of);
    if (it === undefined) {
      it = make(of);
      if (known.size < mostKept) known.set(of, it);
    }
    return it;
  };
}

const numberOfDay = kept((day: string) => counted(day, 0, 0));

/** Days since 1970-01-01. */
export function numberOf(day: string): number {
  return numberOfDay(dayOf(day));
}

/** The number of the same day some months later; a 31st in a month of thirty days is the 1st of the next. */
export function numberMonthsLater(day: string, months: number): number {
  return counted(day, 0, months);
}

/** Before it for a negative number. */
export function daysLater(day: string, days: number): string {
  return textOf(numberOf(day) + days);
}

/** The same day of a later year; of 29 February, 1 March where there is none (Código Civil, art. 132 § 3). */
export function yearsLater(day: string, years: number): string {
  return textOf(counted(day, years, 0));
}

/** The day of an instant `2026-01-31 13:45:00`. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** Seconds from 1970 to an instant, in the clock that it was read from. */
export function secondOf(instant: string): number {
  const [hours, minutes, seconds] = [instant.slice(11, 13), instant.slice(14, 16), instant.slice(17)];
  return numberOf(instant) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function counted(day: string, years: number, months: number): number {
  const [year, month, of] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  // Date.UTC takes the years before 100 for those of 1900; the calendar comes round in 400 years of 146,097 days.
  return Date.UTC(year + years + 400, month + months - 1, of) / millisecondsOfDay - 146_097;
}

const first = numberOf(firstDay);
const last = numberOf(lastDay);

const textOf = kept((number: number): string => {
  // What is no number, of a term beyond all calendars, is beyond.
  const within = Number.isNaN(number) ? last : Math.min(Math.max(number, first), last);
  return new Date(within * millisecondsOfDay).toISOString().slice(0, 10);
});
