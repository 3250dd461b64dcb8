import { Temporal } from 'temporal-polyfill';
import Type from 'typebox';
import Format from 'typebox/format';
import { GuaritaError } from './errors.ts';

/**
 * What may be said for a time zone, the same wherever one is said: a place in the words of IANA, `UTC`, or how far a
 * clock is ahead of UTC. All of them are reckoned here and by no database: one that reads `-03:00` as POSIX does takes
 * it for three hours ahead, another has no table of zones, or one from before the country gave up daylight saving.
 */
const fixed = /^[+-](?:0\d|1[0-4]):[0-5]\d$/;

/** Words of which people and standards say different things (`Etc/GMT+3` is behind UTC) are none. */
export function isTimeZone(text: string): boolean {
  if (text === 'UTC' || fixed.test(text)) return true;
  if (!text.includes('/') || /^etc\//i.test(text)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What to write instead, for people: one sentence without its end. */
export const timeZoneFault =
  'não é um fuso; escreva um nome IANA, sem acentos (America/Maceio), UTC, ou a diferença para UTC (-03:00)';

/** @param where it was said, as people know it. Throws `option-invalid`. */
export function requireTimeZone(text: string, where: string): void {
  if (!isTimeZone(text)) throw new GuaritaError('option-invalid', `${where}: "${text}" ${timeZoneFault}.`);
}

const format = 'time-zone';
Format.Set(format, isTimeZone);

/** A time zone in a configuration. */
export function timeZoneSchema(options: {
  readonly description: string;
  readonly default?: string;
  readonly examples?: string[];
}) {
  return Type.String({ ...options, format });
}

/** How far the clocks of a zone are ahead of UTC at an instant, in seconds. */
export function offsetSeconds(zone: string, at = Temporal.Now.instant()): number {
  return at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
}
