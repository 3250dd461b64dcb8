import type { Cleaner } from '../cleaner.ts';
import { cleanText } from './clean-text.ts';
import { isPlaceholder } from './placeholders.ts';

/**
 * Twice to four times what state systems keep of a name, which they cut at 50 to 100 characters; what is longer is
 * several names, or a remark.
 */
export const longestName = 200;

/** The name of a person, as it is given. */
export const cleanName: Cleaner = (given, note) => {
  const text = cleanText(given, longestName, note);
  if (text === null || !isPlaceholder(text, 'name')) return text;
  note('placeholder');
  return null;
};
