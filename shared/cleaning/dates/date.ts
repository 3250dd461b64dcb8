import type { Cleaner } from '../cleaner.ts';
import { type DayKind, dayText } from './days.ts';
import { endsInFraction, hasTime, isoYear, pair } from './iso.ts';
import type { Clock } from './local-clock.ts';
import type { Moment } from './moment.ts';
import { judgedDay, readDay } from './read-day.ts';
import { toldHere } from './told-here.ts';

/** `2026-01-31`. */
export function dateCleaner(kind: DayKind, clock: Clock): Cleaner {
  return (given, note) => {
    if (isIsoDay(given)) return judgedDay(given.length === 10 ? given : given.slice(0, 10), kind, note);
    const moment = readDay(given, kind, note);
    return moment === null ? null : judgedDay(dayOf(moment, clock), kind, note);
  };
}

/** Perhaps with a time, which says nothing of a day as long as it says no offset. */
function isIsoDay(given: string): boolean {
  if (isoYear(given) === -1 || pair(given, 5) === -1 || pair(given, 8) === -1) return false;
  if (given.length === 10) return true;
  const between = given.charCodeAt(10);
  return (between === 0x20 || between === 0x54) && hasTime(given) && endsInFraction(given, 19);
}

/** At midnight it is a day that was written as an instant; at another hour, the instant at which a day began here. */
function dayOf(moment: Moment, clock: Clock): string {
  const { year, month, day, hour, minute, second, offset } = moment;
  const midnight = hour % 24 === 0 && minute === 0 && second === 0;
  return offset === null || midnight ? dayText(year, month, day) : toldHere(moment, clock).slice(0, 10);
}
