/** Longest text of somebody's own words, in characters. */
export const longestWords = 1000;
const [fewestLetters, fewestWords] = [20, 4];

/** Words that somebody else is to understand later: a sentence, or what is wrong with it. */
export function readReason(typed: string): { readonly words: string } | { readonly fault: string } {
  const text = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (text.length > longestWords) return { fault: `Escreva no máximo ${longestWords} caracteres.` };
  const letters = text.match(/\p{L}/gu) ?? [];
  const isSentence = letters.length >= fewestLetters && text.split(' ').length >= fewestWords;
  // The same letter over and over.
  const isSaid = new Set(letters.map((letter) => letter.toLowerCase())).size >= 6;
  return isSentence && isSaid
    ? { words: text }
    : { fault: 'Explique em uma frase, para que outra pessoa entenda depois.' };
}
