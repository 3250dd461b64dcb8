import type { Cleaner } from '../cleaner.ts';
import { readDocument } from './read-document.ts';
import { ufOf } from './uf-table.ts';

/** Longer than the longest, São Paulo's. */
const longest = 7;

/** Digits without zeros before them, then the letter of what it is registered as, `1234` or `1234A`; not its state. */
export const cleanOabNumber: Cleaner = (given, note) => {
  const text = readDocument(given, note);
  if (text === null) return null;
  const parts = partsOf(text);
  if (parts === null) {
    note('unreadable');
    return null;
  }
  const digits = parts.digits.replace(/^0+/, '');
  if (digits === '' || digits.length > longest) {
    note(digits === '' ? 'placeholder' : 'invalid');
    return null;
  }
  return digits + parts.letter;
};

/** The state that such a number names, if it does: `AL` of `1234/AL`. */
export function ufOfOabNumber(text: string): string | null {
  return partsOf(text.toUpperCase())?.uf ?? null;
}

const words = /[A-Z]+|\d+/g;
const aside = new Set(['OAB', 'N', 'NO', 'NR', 'NUM', 'NUMERO', 'INSCRICAO']);

function partsOf(
  text: string,
): { readonly digits: string; readonly letter: string; readonly uf: string | null } | null {
  if (!/^[\dA-Z ./ºª°:()-]+$/.test(text)) return null;
  let [digits, letter] = ['', ''];
  let uf: string | null = null;
  for (const [word] of text.matchAll(words)) {
    if (/^\d/.test(word)) {
      // Digits that go on behind letters are another number.
      if (letter !== '' || (digits !== '' && !/\d[.]\d/.test(text))) return null;
      digits += word;
    } else if (word.length === 1 && digits !== '' && letter === '') letter = word;
    else if (word.length === 2 && uf === null && ufOf(word) !== null) uf = ufOf(word);
    else if (!aside.has(word)) return null;
  }
  return digits === '' ? null : { digits, letter, uf };
}
