import { Temporal } from 'temporal-polyfill';
import { zone } from '../../../shared/day.ts';
import { limits } from './limits.ts';

/** Whether it is night or a weekend in Brasília. Holidays are not known here. */
export function isOffHours(now: Date): boolean {
  const { hour, dayOfWeek } = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  return hour >= limits.nightFrom.value || hour < limits.nightTo.value || dayOfWeek >= 6;
}
