import type { Cleaner } from '../cleaner.ts';
import { digitsOf, isDigits, isRun, readDocument } from './read-document.ts';

/** AANNNNNNN-DV: how its check digits are reckoned is published nowhere, so its form is all that can be seen. */
const length = 11;

/** Eleven digits. */
export const cleanRji: Cleaner = (given, note) => {
  if (isDigits(given, length) && !isRun(given)) return given;
  const text = readDocument(given, note);
  if (text === null) return null;
  const digits = digitsOf(text.replace(/^RJI[ :.]*/, ''));
  if (digits === null) {
    note('unreadable');
    return null;
  }
  if (digits.length === length && !isRun(digits)) return digits;
  note(isRun(digits) ? 'placeholder' : 'invalid');
  return null;
};
