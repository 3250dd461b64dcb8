import { byteOf } from './windows-1252.ts';

/** Portuguese letters by the bytes of code page 850, and below E0 also of 860 and 437, which contradict it in none. */
const byByte: Readonly<Record<string, string>> = {
  80: 'Ç',
  81: 'ü',
  82: 'é',
  83: 'â',
  84: 'ã',
  85: 'à',
  86: 'Á',
  87: 'ç',
  88: 'ê',
  89: 'Ê',
  '8b': 'Í',
  '8c': 'Ô',
  '8e': 'Ã',
  '8f': 'Â',
  90: 'É',
  91: 'À',
  93: 'ô',
  94: 'õ',
  96: 'Ú',
  99: 'Õ',
  '9a': 'Ü',
  '9f': 'Ó',
  a0: 'á',
  a1: 'í',
  a2: 'ó',
  a3: 'ú',
  b5: 'Á',
  b6: 'Â',
  b7: 'À',
  c6: 'ã',
  c7: 'Ã',
  d2: 'Ê',
  d6: 'Í',
  e0: 'Ó',
  e2: 'Ô',
  e4: 'õ',
  e5: 'Õ',
  e9: 'Ú',
};
const letters = new Map(Object.entries(byByte).map(([byte, letter]) => [Number.parseInt(byte, 16), letter]));

/** In a word these are of no text, and so say that it was read wrongly. Beside one they may stand for themselves. */
const telling = new Set('‚ƒ„ˆ‰¢£¡µ');
/** Nor do these between two letters, and only there: a † may follow the name of the dead. */
const tellingInside = new Set('€†‡¶');

/**
 * A text of a DOS code page that was read as Latin-1 or Windows-1252 (`Concei‡Æo`), as it was. Certain only where a
 * word has a character that none can have, and where all that is not ASCII comes to Portuguese letters of the same case
 * as those beside them.
 *
 * @returns null where that is not so; also of `JOÇO`, which could be anything
 */
export function mendDos(text: string): string | null {
  let mended = '';
  let told = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      mended += text[at];
      continue;
    }
    const character = text[at] as string;
    const [before, after] = [readAt(text, at - 1), readAt(text, at + 1)];
    const letter = letters.get(byteOf(code));
    if (letter === undefined || !fits(letter, before, after)) return null;
    const [behind, inside] = [isLetter(before), isLetter(before) && isLetter(after)];
    if (tellingInside.has(character) && !inside) return null;
    told ||= behind && (code < 0xa0 || telling.has(character) || tellingInside.has(character));
    mended += letter;
  }
  return told ? mended : null;
}

/** The character at a place as a code page has it; a blank before and behind the text. */
function readAt(text: string, at: number): string {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return ' ';
  return letters.get(byteOf(code)) ?? (text[at] as string);
}

function isLetter(character: string): boolean {
  return character.toUpperCase() !== character.toLowerCase();
}

/** Beside a letter of its case, or it begins a word as its capital. */
function fits(letter: string, before: string, after: string): boolean {
  const around = before + after;
  if (letter !== letter.toUpperCase()) return /\p{Ll}/u.test(around);
  return /\p{Lu}/u.test(around) || (!isLetter(before) && /\p{Ll}/u.test(after));
}
