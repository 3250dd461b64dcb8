import type { Cleaner } from '../cleaner.ts';
import { otherDays, sortOf } from './days.ts';
import { endsInFraction, hasTime, isoYear, pair } from './iso.ts';
import type { Clock } from './local-clock.ts';
import { judgedDay, readDay } from './read-day.ts';
import { toldHere } from './told-here.ts';

/**
 * `2026-01-31 13:45:00` by the state's clock; what is less than a second is cut off. An hour that its clock never
 * showed, since summer began, is kept: systems write midnight for a day, and Brazil's summer began at midnight.
 */
export function instantCleaner(clock: Clock): Cleaner {
  return (given, note) => {
    if (isIsoInstant(given)) {
      if (given.charCodeAt(10) === 0x54) return `${given.slice(0, 10)} ${given.slice(11, 19)}`;
      return given.length === 19 ? given : given.slice(0, 19);
    }
    const moment = readDay(given, otherDays, note);
    return moment === null ? null : judgedDay(toldHere(moment, clock), otherDays, note);
  };
}

/** Of a day that stands for itself, and without an offset. */
function isIsoInstant(given: string): boolean {
  const between = given.charCodeAt(10);
  if ((between !== 0x20 && between !== 0x54) || !hasTime(given) || !endsInFraction(given, 19)) return false;
  return sortOf(otherDays, isoYear(given), pair(given, 5), pair(given, 8)) === 'right';
}
