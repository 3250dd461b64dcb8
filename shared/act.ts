import { Temporal } from 'temporal-polyfill';
import { zone } from './day.ts';
import { GuaritaError } from './errors.ts';

/** The term of a cooperation agreement (ACT): its first and its last instant. */
export interface AgreementTerm {
  readonly begin: Date;
  readonly end: Date;
}

/**
 * The term of an agreement that begins on a day and lasts a number of months. Periods of months expire on the day of the
 * same number as that of their beginning, or on the next one where that month has none (Código Civil, art. 132 § 3). An
 * agreement is in force from the first second of the day that it begins with, so the term ends with the last second
 * before the day on which it expires: 10 March and 12 months, to the end of 9 March; 31 January and one, or 29 February
 * and twelve, which expire on 1 March, to the end of February.
 * @param begin a day, YYYY-MM-DD
 * Throws `option-invalid`.
 */
export function agreementTerm(begin: string, months: number): AgreementTerm {
  if (!Number.isInteger(months) || months < 1 || months > 600) {
    throw new GuaritaError('option-invalid', 'Os meses de um acordo são um número inteiro de 1 a 600.');
  }
  const first = dayOf(begin);
  return { begin: firstInstant(first), end: lastInstantBefore(expiryOf(first, months)) };
}

/** Código Civil, art. 132 § 3. */
function expiryOf(first: Temporal.PlainDate, months: number): Temporal.PlainDate {
  const day = first.add({ months });
  return day.day === first.day ? day : day.add({ days: 1 });
}

function dayOf(text: string): Temporal.PlainDate {
  try {
    // Temporal reads more than days: times, zones, other calendars.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError('not YYYY-MM-DD');
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch (error) {
    throw new GuaritaError('option-invalid', `"${text}" não é um dia (AAAA-MM-DD).`, { cause: error });
  }
}

/** The last second of a day, with which an agreement ends. Throws `option-invalid`. @param day YYYY-MM-DD */
export function lastInstantOf(day: string): Date {
  return lastInstantBefore(dayOf(day).add({ days: 1 }));
}

/**
 * From when an agreement is over, in milliseconds since 1970: its end is its last second, which still belongs to it.
 * @param end ISO 8601
 */
export function overFrom(end: Date | string): number {
  return new Date(end).getTime() + 1000;
}

/** What an agreement is at an instant. */
export type AgreementState = 'pending' | 'active' | 'suspended' | 'ended' | 'revoked';

/** What decides the state of an agreement: its term, and what the state of the federation has declared. */
export interface AgreementFacts extends AgreementTerm {
  readonly declared: 'active' | 'suspended' | 'revoked';
}

/** Revoked goes before ended, and ended before suspended: what cannot be undone is told first. */
export function agreementState({ begin, end, declared }: AgreementFacts, now: number): AgreementState {
  if (declared === 'revoked') return 'revoked';
  if (!(now < overFrom(end))) return 'ended';
  if (declared === 'suspended') return 'suspended';
  return now >= begin.getTime() ? 'active' : 'pending';
}

/** Days before its end at which both sides are told of it, and from which they go on being told. */
export const warningDays = [90, 60, 30, 7] as const;

const dayLength = 86_400_000;

/** Whole days until an agreement ends, 0 on its last day, and the warning that stands: none with more than 90 left. */
export function daysUntil(
  end: Date,
  now: number,
): { readonly days: number; readonly warning: number | null } {
  const days = Math.max(0, Math.floor((end.getTime() - now) / dayLength));
  return { days, warning: warningDays.findLast((warning) => days <= warning) ?? null };
}

function firstInstant(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
}

function lastInstantBefore(day: Temporal.PlainDate): Date {
  return new Date(firstInstant(day).getTime() - 1000);
}
