import type { Note } from '../cleaner.ts';
import { mendDos } from './mend-dos.ts';
import { mendUtf8 } from './mend-utf8.ts';
import { isPlain } from './plain.ts';

// Characters that nobody writes: controls but for those that are blanks. NUL fills fields up, and says nothing.
const control = String.raw`\x01-\x08\x0e-\x1f\x7f`;
// Those that nobody sees: marks of direction, of where words may be broken, of the order of bytes.
const marks = String.raw`\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff`;
const controls = new RegExp(`[${control}]`);
const unseen = new RegExp(`[\\0${control}${marks}]+`, 'g');
/** Of a character that was decoded wrongly, and that nothing mended: it is shown as one that is not known. */
const undecoded = new RegExp(String.raw`[\x80-\x9f]`, 'g');
/** What fields are filled up with. */
const spaces = / +/g;
const blanks = /\s+/g;
/** A letter that was lost, or one that came to two characters. */
const doubtful = /\ufffd|\p{L}[?¿]\p{L}|[ÂÃ][€‚ƒ„‡ˆ‰Š‹ŒŽ‘“˜™š›œžŸ¡-©«-¶¸¹¼-¿]/u;

/**
 * A text without what cannot be seen, mended where it was decoded wrongly: Unicode's form C, every run of blanks one,
 * none at its ends.
 *
 * @param most characters that such a text has
 * @returns null where nothing is left, or it is too long
 */
export function cleanText(given: string, most: number, note: (note: Note) => void): string | null {
  if (given.length <= most && isPlain(given)) return given;
  const text = given.trim();
  if (text === '') return null;
  // Before anything is done that takes long on a long text.
  if (text.length > most) {
    note('too-long');
    return null;
  }
  const single = text.replace(spaces, ' ');
  if (isPlain(single)) return single;
  const cleaned = whole(text, note);
  if (cleaned.length > most) {
    note('too-long');
    return null;
  }
  return cleaned === '' ? null : cleaned;
}

function whole(given: string, note: (note: Note) => void): string {
  let text = given.toWellFormed();
  let [mended, odd] = [false, false];
  // What was taken out may have stood between two characters that belong together.
  for (let before = ''; before !== text; ) {
    before = text;
    const right = mendUtf8(text) ?? mendDos(text);
    mended ||= right !== null;
    text = right ?? text;
    odd ||= controls.test(text);
    text = text.replace(unseen, '').replace(undecoded, '\ufffd').normalize('NFC').replace(blanks, ' ').trim();
  }
  if (mended) note('encoding-mended');
  if (odd || doubtful.test(text)) note('encoding-doubtful');
  return text;
}
