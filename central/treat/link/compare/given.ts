import type { Columns, WordLists } from '../registers/columns.ts';
import type { Comparison } from './comparison.ts';
import { relateWords, relation } from './relate-words.ts';

export const givenLevel = {
  same: 1,
  sound: 2,
  close: 3,
  nickname: 4,
  initial: 5,
  moved: 6,
  unlike: 7,
  different: 8,
} as const;

/** The first word of the name, by which people are called. `different` is what vetoes. */
export const compareGiven: Comparison = {
  name: 'given name',
  field: 'given',
  levels: [
    { name: 'same', m: 0.88, u: 0.01 },
    { name: 'sounds alike', m: 0.04, u: 0.002 },
    { name: 'a letter apart', m: 0.03, u: 0.002 },
    { name: 'nickname or other name', m: 0.02, u: 0.001 },
    { name: 'initial', m: 0.005, u: 0.002 },
    { name: 'in another place of the name', m: 0.01, u: 0.02 },
    { name: 'a little alike', m: 0.005, u: 0.015 },
    { name: 'different', m: 0.01, u: 0.94 },
  ],
  bind: ({ name, otherNames, words }, rarity) => {
    const relate = relateWords(words);
    const { standsFor, sound } = words;
    const isEmpty = (word: number): boolean => sound[word] === 0;
    const isShortFor = (nickname: number, word: number): boolean =>
      has(standsFor, nickname, word) || sharesName(standsFor, nickname, word);
    const isCalled = (register: number, word: number): boolean => has(otherNames, register, word);
    return (a, b, found) => {
      const [aFrom, bFrom] = [name.start[a] as number, name.start[b] as number];
      const [aTo, bTo] = [name.start[a + 1] as number, name.start[b + 1] as number];
      if (aFrom === aTo || bFrom === bTo) return 0;
      const [one, other] = [name.words[aFrom] as number, name.words[bFrom] as number];
      if (isEmpty(one) || isEmpty(other)) return 0;
      const related = relate(one, other);
      if (related === relation.same) {
        found.rarity = rarity.given[one] as number;
        return givenLevel.same;
      }
      if (related === relation.sound) {
        found.rarity = Math.min(rarity.given[one] as number, rarity.given[other] as number, 0);
        return givenLevel.sound;
      }
      if (related === relation.close) return givenLevel.close;
      if (isShortFor(one, other) || isShortFor(other, one)) return givenLevel.nickname;
      if (isCalled(a, other) || isCalled(b, one)) return givenLevel.nickname;
      if (related === relation.initial) return givenLevel.initial;
      for (let at = aFrom + 1; at < aTo; at++) if (name.words[at] === other) return givenLevel.moved;
      for (let at = bFrom + 1; at < bTo; at++) if (name.words[at] === one) return givenLevel.moved;
      return related === relation.unlike ? givenLevel.unlike : givenLevel.different;
    };
  },
};

function has({ start, words }: WordLists, of: number, word: number): boolean {
  const end = start[of + 1] as number;
  for (let at = start[of] as number; at < end; at++) if (words[at] === word) return true;
  return false;
}

/** Two short names of one name. */
function sharesName(lists: WordLists, one: number, other: number): boolean {
  const end = lists.start[one + 1] as number;
  for (let at = lists.start[one] as number; at < end; at++) {
    if (has(lists, other, lists.words[at] as number)) return true;
  }
  return false;
}

/** The suffix behind the name: a father and his son have one that differs. */
export const compareSuffix: Comparison = {
  name: 'suffix',
  field: 'surnames',
  levels: [
    { name: 'same', m: 0.66, u: 0.2 },
    { name: 'one of them has none', m: 0.32, u: 0.6 },
    { name: 'different', m: 0.02, u: 0.2 },
  ],
  bind: ({ name: { suffix } }: Columns) => {
    return (a, b) => {
      const [one, other] = [suffix[a] as number, suffix[b] as number];
      if (one === other) return one === 0 ? 0 : 1;
      return one === 0 || other === 0 ? 2 : 3;
    };
  },
};
