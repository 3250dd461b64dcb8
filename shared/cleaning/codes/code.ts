import type { CodeList } from '../../dictionary/codes/code-list.ts';
import { findCode } from '../../dictionary/codes/find-code.ts';
import type { Cleaner } from '../cleaner.ts';
import { cleanText } from '../text/clean-text.ts';
import { isPlaceholder } from '../text/placeholders.ts';

/** Longer than any word for a value of a list. */
export const longestWord = 200;

/** The national value. A spelling of the list counts before what would stand for none elsewhere. */
export function codeCleaner(list: CodeList): Cleaner {
  return (given, note) => {
    const text = cleanText(given, longestWord, note);
    if (text === null) return null;
    const code = findCode(list, text);
    if (code === undefined) note(isPlaceholder(text, 'word') ? 'placeholder' : 'unknown-code');
    return code ?? null;
  };
}
