import type { Locale } from '../locale/locale.ts';
import type { WordTable } from './columns.ts';
import { growingInt32 } from './growing.ts';
import { hashText } from './hash.ts';
import { uint16, uint32 } from './shared-arrays.ts';

/** Longer words are kept to this. */
const longest = 40;

/** Numbers words from 0 in the order in which they come. */
export class Words {
  readonly #numbers = new Map<string, number>();
  readonly #locale: Locale;

  constructor(locale: Locale) {
    this.#locale = locale;
  }

  numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(word, number);
    return number;
  }

  /** All words so far, and the names that those stand for which are short ones. */
  done(): { readonly table: WordTable; readonly words: readonly string[] } {
    const { nicknames } = this.#locale;
    for (const word of [...this.#numbers.keys()]) {
      for (const name of nicknames.get(word) ?? []) this.numberOf(name);
    }
    const words = [...this.#numbers.keys()];
    const kept = words.map((word) => word.slice(0, longest));
    const text = uint16(kept.reduce((sum, { length }) => sum + length, 0));
    const start = uint32(words.length + 1);
    const [sounds, hashes, letters] = [uint32(words.length), uint32(words.length), uint32(words.length)];
    const [forStart, forWords] = [growingInt32(words.length + 1), growingInt32(64)];
    let end = 0;
    for (const [number, word] of kept.entries()) {
      for (let at = 0; at < word.length; at++) text[end++] = word.charCodeAt(at);
      start[number + 1] = end;
      letters[number] = lettersOf(word);
      sounds[number] = word === '' ? 0 : hashText(this.#locale.sound(word));
      hashes[number] = hashText(word);
      forStart.push(forWords.length);
      for (const name of nicknames.get(word) ?? []) forWords.push(this.numberOf(name));
    }
    forStart.push(forWords.length);
    const standsFor = { start: forStart.done(), words: forWords.done() };
    return { table: { text, start, sound: sounds, hash: hashes, letters, standsFor }, words };
  }
}

/** Which letters a word has, a bit each; several of other scripts share one. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}
