import * as fc from 'fast-check';
import { anyText } from './any-text.ts';

/** What acts where it does not belong: on a terminal, in a spreadsheet, on the words around it, on the end of a line. */
const parts = [
  ...['\u001b[2J', '\u009b31m', '\u0007', '\0', '\t', '\r', '\n', '\r\n', '\u0085', '\u2028', '\u2029'],
  ...['\u202a', '\u202e', '\u202c', '\u2066', '\u2069', '\u200f', '\u061c', '\u200b', '\ufeff', '\u{e0041}'],
  ...["'", '"', ';', ',', '=', '+', '-', '@', '＝', '=HYPERLINK("x")', '<', '>', '&', '{', '}', '\\', '%'],
  ...['MARIA', 'D’ÁVILA', "D'ÁVILA", ' ', 'א', '\u{1f469}\u200d\u2696\ufe0f'],
];

/** Any text, or one of what is known to leave its place. */
export function oddText(): fc.Arbitrary<string> {
  return fc.oneof(
    anyText(30),
    fc.array(fc.constantFrom(...parts), { maxLength: 10 }).map((chosen) => chosen.join('')),
  );
}
