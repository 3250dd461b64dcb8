import type { Note } from '../cleaner.ts';
import { cleanText } from '../text/clean-text.ts';
import { isPlaceholder } from '../text/placeholders.ts';
import { type DayKind, sortOf, yearOf } from './days.ts';
import { isoYear, pair } from './iso.ts';
import type { Moment } from './moment.ts';
import { readMoment } from './read-moment.ts';
import { isTime } from './told-here.ts';

/** No date is longer, however it is written. */
const longest = 200;

/**
 * A moment in any of the ways in which dates are written, its year in full.
 *
 * @returns null where it is none, or one that stands for none; it has been noted then
 */
export function readDay(given: string, kind: DayKind, note: (note: Note) => void): Moment | null {
  const text = cleanText(given, longest, note);
  if (text === null) return null;
  const moment = readMoment(text);
  if (moment === null) {
    note(standsForNoDate(text) ? 'placeholder' : 'unreadable');
    return null;
  }
  const { month, day, short } = moment;
  const zero = moment.year === 0 && month === 0 && day === 0;
  const year = zero || !short ? moment.year : yearOf(kind, moment.year);
  const sort = sortOf(kind, year, month, day);
  if (sort === 'none' || sort === 'invalid' || !isTime(moment)) {
    note(sort === 'none' ? 'placeholder' : 'invalid');
    return null;
  }
  if (short) note('century-inferred');
  return { ...moment, year };
}

/** A day that has been written out, if it stands for itself. @param text begins with it */
export function judgedDay(text: string, kind: DayKind, note: (note: Note) => void): string | null {
  const sort = sortOf(kind, isoYear(text), pair(text, 5), pair(text, 8));
  if (sort === 'right') return text;
  if (sort === 'default') note('default-date');
  else note(sort === 'none' ? 'placeholder' : 'invalid');
  return sort === 'default' ? text : null;
}

/** Zeros alone, PostgreSQL's infinity, a form that nobody filled in. */
function standsForNoDate(text: string): boolean {
  return /^[-+]?(?:infinity|[0 :./_-]+)$/i.test(text) || isPlaceholder(text, 'word');
}
