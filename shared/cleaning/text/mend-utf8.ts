import { isUtf8 } from 'node:buffer';
import { isPortuguese } from './portuguese.ts';
import { byteOf } from './windows-1252.ts';

/** Oftener than that nobody reads and writes a text wrongly. */
const most = 3;

/**
 * A text of UTF-8 that was read as Latin-1 or Windows-1252, also several times (`JoÃ£o`, `JoÃƒÂ£o`), as it was.
 * Certain only where all of it is UTF-8 by its bytes and comes to characters that are to be expected.
 *
 * @returns null where that is not so
 */
export function mendUtf8(text: string): string | null {
  let mended: string | null = null;
  for (let turn = 0; turn < most; turn++) {
    const once = readAgain(mended ?? text);
    if (once === null) break;
    mended = once;
  }
  return mended !== null && isPortuguese(mended) ? mended : null;
}

function readAgain(text: string): string | null {
  const bytes = Buffer.allocUnsafe(text.length);
  let beyondAscii = false;
  for (let at = 0; at < text.length; at++) {
    const byte = byteOf(text.charCodeAt(at));
    if (byte === -1 || (byte > 0x7f && isPunctuation(text, at))) return null;
    beyondAscii ||= byte > 0x7f;
    bytes[at] = byte;
  }
  return beyondAscii && isUtf8(bytes) ? bytes.toString('utf8') : null;
}

const closing = new Set('’”»\u00a0');
const letter = /\p{L}/u;

/**
 * What stands behind an Ã as itself may be what a letter was read as: a closing quotation mark (Ô) or a hard blank (à).
 * It is a letter's only where a word goes on; that of à is written alone or begins one. Of a dash nobody can tell.
 */
function isPunctuation(text: string, at: number): boolean {
  if (text[at - 1] !== 'Ã') return false;
  const character = text[at] as string;
  if (character === '–') return true;
  if (!closing.has(character)) return false;
  const next = text[at + 1] ?? ' ';
  if (character !== '\u00a0') return !letter.test(next);
  return letter.test(text[at - 2] ?? ' ') || !/[ s,.;]/.test(next);
}
