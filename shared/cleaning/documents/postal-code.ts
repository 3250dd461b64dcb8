import type { Cleaner } from '../cleaner.ts';
import { digitsOf, isDigits, isRun, readDocument } from './read-document.ts';

const length = 8;
/** The first that is given out is in São Paulo. */
const first = '01000000';

/** Eight digits. */
export const cleanPostalCode: Cleaner = (given, note) => {
  if (isDigits(given, length) && given >= first && !isRun(given)) return given;
  const text = readDocument(given, note);
  if (text === null) return null;
  const digits = digitsOf(text.replace(/^CEP[ :.]*/, ''));
  if (digits === null) {
    note('unreadable');
    return null;
  }
  // A number loses the zero before it, which those of São Paulo have.
  const whole = digits.length === length - 1 ? `0${digits}` : digits;
  if (whole.length === length && whole >= first && !isRun(whole)) return whole;
  note(isRun(digits) ? 'placeholder' : 'invalid');
  return null;
};
