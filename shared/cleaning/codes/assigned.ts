import type { Cleaner } from '../cleaner.ts';
import { wordForm } from './word-form.ts';

/**
 * What people have said that a state's words mean counts before all else. What they assigned is cleaned itself: a
 * value that its list has no more is unknown again.
 */
export function withAssigned(
  cleaner: Cleaner,
  assigned: ReadonlyMap<string, string | null> | undefined,
): Cleaner {
  if (assigned === undefined || assigned.size === 0) return cleaner;
  return (given, note) => {
    const form = wordForm(given);
    const value = form === null ? undefined : assigned.get(form);
    if (value === undefined) return cleaner(given, note);
    if (value !== null) return cleaner(value, note);
    note('placeholder');
    return null;
  };
}
