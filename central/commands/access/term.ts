import { Temporal } from 'temporal-polyfill';
import { agreementTerm, lastInstantOf } from '../../../shared/act.ts';
import { zone } from '../../../shared/day.ts';

/** Access is looked at anew each half-year, so nothing is given for longer without being said. */
export const usualMonths = '6';

export interface TermOptions {
  /** The last day, YYYY-MM-DD. */
  readonly until?: string;
  readonly months: string;
}

/** Up to when something is given from today on, as an instant. Throws `option-invalid`. */
export function untilOf({ until, months }: TermOptions): string {
  if (until !== undefined) return lastInstantOf(until).toISOString();
  return agreementTerm(Temporal.Now.plainDateISO(zone).toString(), Number(months)).end.toISOString();
}
