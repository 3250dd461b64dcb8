import { Temporal } from 'temporal-polyfill';
import { GuaritaError } from './errors.ts';

/** The term of a cooperation agreement (ACT): its first and its last instant. */
export interface AgreementTerm {
  readonly begin: Date;
  readonly end: Date;
}

/** Agreements are dated in Brasília. */
const zone = 'America/Sao_Paulo';

/**
 * The term of an agreement that begins on a day and lasts a number of months: from that day's first second to the
 * last second before the same day of the month it ends in.
 * @param begin a day, YYYY-MM-DD
 * Throws `request-invalid`.
 */
export function agreementTerm(begin: string, months: number): AgreementTerm {
  if (!Number.isInteger(months) || months < 1 || months > 600) {
    throw new GuaritaError('request-invalid', 'The months of an agreement are a whole number from 1 to 600.');
  }
  try {
    // Temporal reads more than days: times, zones, other calendars.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(begin)) throw new RangeError('not YYYY-MM-DD');
    const first = Temporal.PlainDate.from(begin, { overflow: 'reject' });
    const after = first.add({ months });
    return { begin: firstInstant(first), end: new Date(firstInstant(after).getTime() - 1000) };
  } catch (error) {
    throw new GuaritaError('request-invalid', `"${begin}" is not a day (YYYY-MM-DD).`, { cause: error });
  }
}

function firstInstant(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds);
}
