import type { Cleaner } from '../cleaner.ts';
import { cleanText } from './clean-text.ts';
import { isPlaceholder } from './placeholders.ts';

/** The longest that an ordinary text column of any engine holds, SQL Server's. */
const longest = 8000;

/** A text that people write as they like; null for what stands for none, `too-long` from 8,001 characters on. */
export const cleanFreeText: Cleaner = (given, note) => {
  const text = cleanText(given, longest, note);
  if (text === null || !isPlaceholder(text, 'text')) return text;
  note('placeholder');
  return null;
};
