import { matchForm } from '../../../../shared/cleaning/match-form.ts';
import type { Locale } from '../locale/locale.ts';
import type { NameColumn, NumberColumn, WordLists } from './columns.ts';
import { growingFloat64, growingInt32, growingUint8 } from './growing.ts';
import { hashText } from './hash.ts';
import { readName } from './read-name.ts';
import type { Words } from './words.ts';

/** Names of one column, register by register. */
export class NameBuilder {
  readonly #words: Words;
  readonly #locale: Locale;
  readonly #start;
  readonly #flat;
  readonly #suffix;
  readonly #cut;

  constructor(words: Words, locale: Locale, expected: number) {
    this.#words = words;
    this.#locale = locale;
    this.#start = growingInt32(expected + 1);
    this.#flat = growingInt32(expected * 3);
    this.#suffix = growingInt32(expected);
    this.#cut = growingUint8(expected);
  }

  /** @param lacksGiven the name is surnames alone: the place of the given name stays empty */
  push(name: string | null, lacksGiven = false): void {
    this.#start.push(this.#flat.length);
    const { words, suffix, cut } = name === null ? none : readName(matchForm(name), this.#locale);
    if (lacksGiven && words.length > 0) this.#flat.push(this.#words.numberOf(''));
    for (const word of words) this.#flat.push(this.#words.numberOf(word));
    this.#suffix.push(suffix === null ? 0 : hashText(suffix) | 0);
    this.#cut.push(cut ? 1 : 0);
  }

  done(): NameColumn {
    this.#start.push(this.#flat.length);
    const [start, words] = [this.#start.done(), this.#flat.done()];
    return { start, words, suffix: this.#suffix.done(), cut: this.#cut.done() };
  }
}

const none = { words: [], suffix: null, cut: false };

/** First words of several names of each register. */
export class FirstWordsBuilder {
  readonly #words: Words;
  readonly #locale: Locale;
  readonly #start;
  readonly #flat = growingInt32(64);

  constructor(words: Words, locale: Locale, expected: number) {
    this.#words = words;
    this.#locale = locale;
    this.#start = growingInt32(expected + 1);
  }

  push(names: readonly string[]): void {
    this.#start.push(this.#flat.length);
    for (const name of names) {
      const [first] = readName(matchForm(name), this.#locale).words;
      if (first !== undefined) this.#flat.push(this.#words.numberOf(first));
    }
  }

  done(): WordLists {
    this.#start.push(this.#flat.length);
    return { start: this.#start.done(), words: this.#flat.done() };
  }
}

/** A double holds so many digits of any number. */
const mostDigits = 15;
const beyondDigits = 10 ** mostDigits;
const notOfNumbers = /[^\p{L}\p{N}]+/gu;

export class NumberBuilder {
  readonly #values;
  readonly #doubtful;
  readonly #isDoubtful: (digits: string) => boolean;

  /** @param isDoubtful of the letters and digits of a number */
  constructor(expected: number, isDoubtful: (number: string) => boolean = () => false) {
    this.#values = growingFloat64(expected);
    this.#doubtful = growingUint8(expected);
    this.#isDoubtful = isDoubtful;
  }

  push(given: string | null): void {
    const number = given === null ? '' : given.toUpperCase().replace(notOfNumbers, '');
    const value = valueOf(number);
    this.#values.push(value);
    this.#doubtful.push(value !== 0 && this.#isDoubtful(number) ? 1 : 0);
  }

  done(): NumberColumn {
    return { values: this.#values.done(), doubtful: this.#doubtful.done() };
  }
}

function valueOf(number: string): number {
  if (number === '') return 0;
  if (number.length <= mostDigits && /^\d+$/.test(number)) return Number(number);
  return beyondDigits + hashText(number) * 4096 + (hashText(`${number}.`) & 4095);
}
