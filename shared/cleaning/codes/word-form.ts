import { codeForm } from '../../dictionary/codes/code-form.ts';
import { cleanText } from '../text/clean-text.ts';
import { longestWord } from './code.ts';

/**
 * The form of a state's word by which people assign a national value to it: what all spellings have in common. Null for
 * what has no letters and digits, or is no word of a list.
 */
export function wordForm(given: string): string | null {
  const text = cleanText(given, longestWord, () => undefined);
  const form = text === null ? '' : codeForm(text);
  return form === '' ? null : form;
}
