import type { Cleaner } from '../cleaner.ts';
import { cleanText } from '../text/clean-text.ts';
import { isPlaceholder } from '../text/placeholders.ts';
import { readNumber } from './read-number.ts';
import { withoutUnit } from './units.ts';

const longest = 100;
/** From here on a number in memory is not exact any more, and none of this base is as large. */
const greatest = 1e15;

/** `12.5`, without zeros that say nothing. @param unit as of `countCleaner` */
export function decimalCleaner(unit: string | null): Cleaner {
  return (given, note) => {
    const text = cleanText(given, longest, note);
    if (text === null) return null;
    const number = readNumber(withoutUnit(text, unit), 'decimal');
    if (number === null) {
      note(isPlaceholder(text, 'word') ? 'placeholder' : 'unreadable');
      return null;
    }
    if (Math.abs(Number(number)) < greatest) return number;
    note('invalid');
    return null;
  };
}
