import type { NameColumn, WordTable } from '../registers/columns.ts';
import { isBeginning, relateWords, relation } from './relate-words.ts';

/** What words of two names have in common. */
export interface WordMatch {
  /** Words that are the same. */
  same: number;
  /** Words that sound alike, are an edit apart, or an initial of the other. */
  alike: number;
  /** Words that have no counterpart, of the first name and of the second. */
  restA: number;
  restB: number;
  /** Bits of rarity of the words that have one. */
  rarity: number;
}

/** More words than any name has: the others are not looked at. */
const mostWords = 12;

/**
 * Pairs off the words of two names from a place in each, whatever their order: the same ones first, then those alike. A
 * name that was cut may end within a word, and lack the words behind it.
 *
 * @param rarity bits by word
 * @param from the first word that counts
 */
export function matchWords(
  { start, words, cut }: NameColumn,
  table: WordTable,
  rarity: Float64Array,
  from: number,
): (a: number, b: number, into: WordMatch) => void {
  const relate = relateWords(table);
  const { hash } = table;
  /** In one order whichever comes first, since words are paired off in turn: by their number, then by what they are. */
  const isBehind = (a: number, b: number): boolean => {
    const [aFrom, bFrom] = [start[a] as number, start[b] as number];
    const [aTo, bTo] = [start[a + 1] as number, start[b + 1] as number];
    if (aTo - aFrom !== bTo - bFrom) return aTo - aFrom > bTo - bFrom;
    for (let at = 0; at < aTo - aFrom; at++) {
      const difference =
        (hash[words[aFrom + at] as number] as number) - (hash[words[bFrom + at] as number] as number);
      if (difference !== 0) return difference > 0;
    }
    return false;
  };
  const match = (a: number, b: number, into: WordMatch): void => {
    const [aFrom, bFrom] = [(start[a] as number) + from, (start[b] as number) + from];
    const aCount = Math.max(0, Math.min(mostWords, (start[a + 1] as number) - aFrom));
    const bCount = Math.max(0, Math.min(mostWords, (start[b + 1] as number) - bFrom));
    let [aTaken, bTaken, same, alike, bits] = [0, 0, 0, 0, 0];
    for (let at = 0; at < aCount; at++) {
      const word = words[aFrom + at] as number;
      for (let other = 0; other < bCount; other++) {
        if ((bTaken >> other) & 1 || words[bFrom + other] !== word) continue;
        aTaken |= 1 << at;
        bTaken |= 1 << other;
        same++;
        bits += rarity[word] as number;
        break;
      }
    }
    if ((cut[a] === 1 || cut[b] === 1) && aCount > 0 && bCount > 0) {
      // The last word of a name that was cut is the beginning of what is there in full.
      const [last, otherLast] = [aCount - 1, bCount - 1];
      const [word, counterpart] = [words[aFrom + last] as number, words[bFrom + otherLast] as number];
      const isFree = ((aTaken >> last) & 1) === 0 && ((bTaken >> otherLast) & 1) === 0;
      const isCut =
        (cut[a] === 1 && isBeginning(table, word, counterpart)) ||
        (cut[b] === 1 && isBeginning(table, counterpart, word));
      if (isFree && isCut) {
        aTaken |= 1 << last;
        bTaken |= 1 << otherLast;
        same++;
      }
    }
    for (let closeness = relation.sound as number; closeness <= relation.initial; closeness++) {
      if (same + alike === aCount || same + alike === bCount) break;
      for (let at = 0; at < aCount; at++) {
        if ((aTaken >> at) & 1) continue;
        const word = words[aFrom + at] as number;
        for (let other = 0; other < bCount; other++) {
          if ((bTaken >> other) & 1) continue;
          const counterpart = words[bFrom + other] as number;
          if (relate(word, counterpart) !== closeness) continue;
          aTaken |= 1 << at;
          bTaken |= 1 << other;
          alike++;
          if (closeness < relation.initial)
            bits += Math.min(0, rarity[word] as number, rarity[counterpart] as number);
          break;
        }
      }
    }
    let [restA, restB] = [aCount - same - alike, bCount - same - alike];
    // Nor does one that was cut have what would come behind.
    if (cut[a] === 1 && restA === 0) restB = 0;
    if (cut[b] === 1 && restB === 0) restA = 0;
    into.same = same;
    into.alike = alike;
    into.restA = restA;
    into.restB = restB;
    into.rarity = bits;
  };
  return (a, b, into) => {
    if (!isBehind(a, b)) return match(a, b, into);
    match(b, a, into);
    [into.restA, into.restB] = [into.restB, into.restA];
  };
}

export function emptyMatch(): WordMatch {
  return { same: 0, alike: 0, restA: 0, restB: 0, rarity: 0 };
}
