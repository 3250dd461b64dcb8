import { codeForm } from '../../dictionary/codes/code-form.ts';
import type { Cleaner } from '../cleaner.ts';
import { cleanText } from '../text/clean-text.ts';
import { isPlaceholder } from '../text/placeholders.ts';

const longest = 100;
const yes = ['S', 'SIM', 'T', 'TRUE', 'V', 'VERDADEIRO', 'VERDADEIRA', 'Y', 'YES', '1'];
const no = ['N', 'NAO', 'F', 'FALSE', 'FALSO', 'FALSA', 'NO', '0'];
const known = new Map([
  ...yes.map((word) => [word, 'true'] as const),
  ...no.map((word) => [word, 'false'] as const),
]);

/** `true` or `false`. What else is written has no national value, until people assign one: an X may be a tick or not. */
export const cleanBoolean: Cleaner = (given, note) => {
  if (given === 'true' || given === 'false') return given;
  const text = cleanText(given, longest, note);
  if (text === null) return null;
  // -1, as Access and Delphi write it, is one without its sign.
  const word = codeForm(text);
  const value = known.get(word);
  if (value === undefined) note(word !== 'X' && isPlaceholder(text, 'word') ? 'placeholder' : 'unknown-code');
  return value ?? null;
};
