import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { newlinesIn } from './newlines.ts';
import { tableFault } from './table-fault.ts';

/** How the bytes of a file are read as text. */
export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

const names: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252 (Latin-1)',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

/** As people know it. */
export function encodingName(encoding: Encoding): string {
  return names[encoding];
}

const marks: readonly (readonly [Encoding, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The encoding of a file, where there is no doubt: by its mark; UTF-16 by the zeros beside letters; UTF-8 where all of it
 * is; else Windows-1252 (of which Latin-1 is a part), if nothing in it is a letter of UTF-8.
 *
 * @throws GuaritaError `table-invalid` where there is doubt
 */
export async function encodingOf(file: string): Promise<Encoding> {
  const scan = new Utf8Scan();
  let isBegin = true;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (isBegin) {
      const marked = marks.find(([, mark]) => mark.every((byte, at) => chunk[at] === byte));
      if (marked !== undefined) return marked[0];
      const wide = wideOf(chunk.subarray(0, 4096));
      if (wide !== null) return wide;
      isBegin = false;
    }
    scan.add(chunk);
  }
  const { letters, strays, isLatin, strayLine } = scan.done();
  if (strays === 0) return 'utf-8';
  if (letters === 0 && isLatin) return 'windows-1252';
  const wrong = 'parte do texto é UTF-8 e parte não é. Diga com --encoding como ler, ou grave de novo.';
  throw tableFault(file, wrong, { line: strayLine });
}

/** Of text in UTF-16 that has no mark, every other byte of letters is zero. */
function wideOf(begin: Buffer): Encoding | null {
  const zeros: [even: number, odd: number] = [0, 0];
  for (const [at, byte] of begin.entries()) if (byte === 0) zeros[(at & 1) as 0 | 1]++;
  const [even, odd] = zeros;
  const many = begin.length / 4;
  if (odd > many && even < odd / 10) return 'utf-16le';
  return even > many && odd < even / 10 ? 'utf-16be' : null;
}

/** Letters of UTF-8 beyond ASCII, byte by byte: nothing in two ways, no surrogates, nothing beyond the last. */
const letter = new RegExp(
  [
    '[\xc2-\xdf][\x80-\xbf]',
    '\xe0[\xa0-\xbf][\x80-\xbf]',
    '\xed[\x80-\x9f][\x80-\xbf]',
    '[\xe1-\xec\xee\xef][\x80-\xbf]{2}',
    '\xf0[\x90-\xbf][\x80-\xbf]{2}',
    '[\xf1-\xf3][\x80-\xbf]{3}',
    '\xf4[\x80-\x8f][\x80-\xbf]{2}',
  ].join('|'),
  'g',
);
/** What may be the begin of one, of which the rest is still to come. */
const begun = /(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})$/;
/** Bytes to which Windows-1252 gives no character. */
const unassigned = /[\x81\x8d\x8f\x90\x9d]/;

/** Counts what of some bytes is UTF-8 beyond ASCII and what is not. */
class Utf8Scan {
  #letters = 0;
  #strays = 0;
  #isLatin = true;
  #line = 1;
  #strayLine = 1;
  #held = '';

  add(chunk: Buffer): void {
    const text = this.#held + chunk.toString('latin1');
    this.#held = isAscii(chunk) ? '' : (begun.exec(text)?.[0] ?? '');
    this.#count(text.slice(0, text.length - this.#held.length));
  }

  done(): { letters: number; strays: number; isLatin: boolean; strayLine: number } {
    this.#count(this.#held);
    return {
      ...{ letters: this.#letters, strays: this.#strays },
      ...{ isLatin: this.#isLatin, strayLine: this.#strayLine },
    };
  }

  #count(text: string): void {
    const rest = text.replace(letter, () => {
      this.#letters++;
      return '';
    });
    const strays = rest.match(/[\x80-\xff]/g) ?? [];
    if (strays.length > 0 && this.#strays === 0) {
      this.#strayLine = this.#line + newlinesIn(rest.slice(0, rest.search(/[\x80-\xff]/)));
    }
    this.#strays += strays.length;
    if (unassigned.test(rest)) this.#isLatin = false;
    this.#line += newlinesIn(text);
  }
}
