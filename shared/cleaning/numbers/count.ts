import type { Cleaner } from '../cleaner.ts';
import { cleanText } from '../text/clean-text.ts';
import { isPlaceholder } from '../text/placeholders.ts';
import { readNumber } from './read-number.ts';
import { withoutUnit } from './units.ts';

const longest = 100;
const [least, greatest] = [-(2 ** 31), 2 ** 31 - 1];

/**
 * A whole number of 32 bits. Also one below zero, which no count is: a rule says so.
 *
 * @param unit what is counted, where the column's name tells it: `12 anos` is a number in `anos`
 */
export function countCleaner(unit: string | null): Cleaner {
  return (given, note) => {
    if (isPlainCount(given)) return given;
    const text = cleanText(given, longest, note);
    if (text === null) return null;
    const number = readNumber(withoutUnit(text, unit), 'whole');
    if (number === null) {
      note(isPlaceholder(text, 'word') ? 'placeholder' : 'unreadable');
      return null;
    }
    const value = Number(number);
    if (value >= least && value <= greatest) return number;
    note('invalid');
    return null;
  };
}

/** At most nine digits without a zero before them. */
function isPlainCount(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > 9 || (length > 1 && text.charCodeAt(0) === 0x30)) return false;
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return false;
  }
  return true;
}
