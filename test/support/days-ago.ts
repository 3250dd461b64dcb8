import { Temporal } from 'temporal-polyfill';
import { zone } from '../../shared/day.ts';

/** The day some days ago, in Brasília, where agreements are dated; as `--begin` takes it: YYYY-MM-DD. */
export function daysAgo(days: number): string {
  return Temporal.Now.plainDateISO(zone).subtract({ days }).toString();
}
