import type { Note } from '../cleaner.ts';
import { cleanText } from '../text/clean-text.ts';
import { isPlaceholder } from '../text/placeholders.ts';

/** No document is longer; nor is a list of the numbers of several. */
const longest = 200;

/** What is written where a document's number should stand, if it is no placeholder: cleaned, in capitals. */
export function readDocument(given: string, note: (note: Note) => void): string | null {
  const text = cleanText(given, longest, note);
  if (text === null) return null;
  if (isPlaceholder(text, 'name')) {
    note('placeholder');
    return null;
  }
  return text.toUpperCase();
}

/** The digits of a number that is written with nothing but points, strokes and blanks; null where there is more. */
export function digitsOf(text: string): string | null {
  return /^[\d ./-]+$/.test(text) ? text.replaceAll(/\D/g, '') : null;
}

/** Whether it is so many of the digits 0 to 9 and nothing else. */
export function isDigits(text: string, length: number): boolean {
  if (text.length !== length) return false;
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return false;
  }
  return true;
}

/** All its characters are the same. */
export function isRun(text: string): boolean {
  return text !== '' && text === (text[0] as string).repeat(text.length);
}
