import { dayText, timeText } from './days.ts';
import type { Clock } from './local-clock.ts';
import type { Moment } from './moment.ts';

/** A moment whose time is one that clocks show, 24:00 among them: that is the next day's beginning. */
export function isTime({ hour, minute, second, offset }: Moment): boolean {
  const whole = hour === 24 && minute === 0 && second === 0;
  return (
    (hour < 24 || whole) && minute < 60 && second < 60 && (offset === null || Math.abs(offset) <= 18 * 3600)
  );
}

/**
 * `2026-01-31 13:45:00` by the state's clock: as it is written where the moment says no offset, told anew where it does.
 *
 * @param moment a day and a time that there are, its year in full
 */
export function toldHere(moment: Moment, clock: Clock): string {
  const { year, month, day, hour, minute, second, offset } = moment;
  if (offset === null && hour < 24) return `${dayText(year, month, day)} ${timeText(hour, minute, second)}`;
  const written = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const told = offset === null ? written : written - offset + clock(written - offset);
  const at = new Date(told * 1000);
  const time = timeText(at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds());
  return `${dayText(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())} ${time}`;
}
