const lower = 'áàâãäéèêëíìîïóòôõöúùûüçñ';

/** Letters with marks that names in Brazil have, those of its neighbours among them. */
const markedLetters = new Set(Array.from(lower + lower.toUpperCase()));

/** Beside letters: what texts in Portuguese have that is not ASCII. */
const signs = new Set('ªº°§´·–—“”‘’•…€');

/** Every character that is not ASCII is one that is to be expected in Portuguese. */
export function isPortuguese(text: string): boolean {
  for (const character of text) {
    if (character > '\x7f' && !markedLetters.has(character) && !signs.has(character)) return false;
  }
  return true;
}
