import { folded } from '../folded.ts';
import { ownWords } from './guessed-words.ts';

/** What is left of a password without what anybody would guess is a password by itself, or the whole is none. */
const leastLeft = 8;

/**
 * Whether a password is one of those that are tried first: one of the most used ones, with digits and signs around it or
 * repeated; or made of words of this country, of this work and of the person, of years, of characters in their order.
 * @param personal what others know of them: names, numbers
 */
export async function isGuessable(password: string, personal: readonly string[]): Promise<boolean> {
  const common = await commonPasswords();
  const words = [...new Set([...ownWords, ...personal.flatMap(wordsOf)])].toSorted(
    (a, b) => b.length - a.length,
  );
  const plain = folded(password).replace(/[\s._/-]/g, '');
  // Also as those read it who write s3nh@.
  return [plain, plain.replace(/[@0134578$!]/g, (sign) => letters[sign] as string)].some(
    (text) => isCommon(text, common) || left(text, words) < leastLeft,
  );
}

const letters: Readonly<Record<string, string>> = {
  '@': 'a',
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  $: 's',
  '!': 'i',
};

function isCommon(text: string, common: ReadonlySet<string>): boolean {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [text, core].some((one) => common.has(one) || common.has(unitOf(one)));
}

/** What a text repeats; itself where it repeats nothing. */
function unitOf(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}

function left(text: string, words: readonly string[]): number {
  if (unitOf(text).length <= 4) return 0;
  // In the place of a word stays a mark, so that what stood around it makes no other word.
  const without = words.reduce((rest, word) => rest.replaceAll(word, '\0'), text);
  return withoutOrders(without.replace(/(?:19|20)\d\d/g, '\0')).replaceAll('\0', '').length;
}

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const orders = [...rows, ...rows.map((row) => Array.from(row).toReversed().join(''))];

/** Without three and more characters that are the same, or that follow each other in the alphabet or on a keyboard. */
function withoutOrders(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; ) {
    const length = orderAt(text, at);
    if (length < 3) rest += text[at];
    at += length < 3 ? 1 : length;
  }
  return rest;
}

/** How many characters from here on are in an order, this one with them. */
function orderAt(text: string, at: number): number {
  const first = text[at] as string;
  const inOrders = orders
    .filter((order) => order.includes(first))
    .map((order) => commonLength(order.slice(order.indexOf(first)), text.slice(at)));
  return Math.max(commonLength(first.repeat(text.length), text.slice(at)), ...inOrders);
}

/** How many characters at the beginning of both are the same. */
function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

/** Of a text that others know: its words of three letters and more, and of a number each part of six digits and more. */
function wordsOf(known: string): string[] {
  return folded(known)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3 && !['dos', 'das'].includes(word))
    .flatMap((word) => (/^\d{7,}$/.test(word) ? partsOf(word) : [word]));
}

function partsOf(digits: string): string[] {
  const parts: string[] = [];
  for (let length = 6; length <= digits.length; length++) {
    for (let at = 0; at + length <= digits.length; at++) parts.push(digits.slice(at, at + length));
  }
  return parts;
}

/** The most used passwords of the world, 49,000: read when the first one is chosen. */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  loaded ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].filter((word) => word.length >= 4)),
  );
  return loaded;
}

let loaded: Promise<ReadonlySet<string>> | undefined;
