import type { Comparison } from './comparison.ts';
import { emptyMatch, matchWords } from './match-words.ts';
import { relateWords, relation } from './relate-words.ts';

const levels: Comparison['levels'] = [
  { name: 'the same', m: 0.5, u: 0.0005 },
  { name: 'alike', m: 0.2, u: 0.0005 },
  { name: 'the same, more on one side', m: 0.15, u: 0.003 },
  { name: 'alike, more on one side', m: 0.03, u: 0.002 },
  { name: 'same given name, some surnames', m: 0.05, u: 0.01 },
  { name: 'same given name', m: 0.03, u: 0.04 },
  { name: 'given name in another place', m: 0.01, u: 0.03 },
  { name: 'some surnames', m: 0.01, u: 0.1 },
  { name: 'different', m: 0.02, u: 0.8 },
];

/** The mother's or the father's name as a whole: given name, and all words behind it. */
export function compareParent(field: 'mother' | 'father'): Comparison {
  return {
    ...{ name: field, field, levels },
    bind: (columns, rarity) => {
      const { [field]: parent, words } = columns;
      const ofGiven = field === 'mother' ? rarity.motherGiven : rarity.given;
      const relate = relateWords(words);
      // Her surnames are mostly those of the person, whose rarity is counted already.
      const match = matchWords(parent, words, new Float64Array(words.sound.length), 1);
      const into = emptyMatch();
      return (a, b, found) => {
        const [aFrom, bFrom] = [parent.start[a] as number, parent.start[b] as number];
        const [aTo, bTo] = [parent.start[a + 1] as number, parent.start[b + 1] as number];
        if (aFrom === aTo || bFrom === bTo) return 0;
        const [one, other] = [parent.words[aFrom] as number, parent.words[bFrom] as number];
        const related = relate(one, other);
        match(a, b, into);
        const { same, alike, restA, restB } = into;
        if (related > relation.initial) {
          for (let at = aFrom + 1; at < aTo; at++) if (parent.words[at] === other) return 7;
          for (let at = bFrom + 1; at < bTo; at++) if (parent.words[at] === one) return 7;
          return same + alike > 0 ? 8 : 9;
        }
        if (related === relation.same) found.rarity = ofGiven[one] as number;
        const exact = related === relation.same && alike === 0;
        if (restA + restB === 0) return exact ? 1 : 2;
        if (restA === 0 || restB === 0) return exact ? 3 : 4;
        return same + alike > 0 ? 5 : 6;
      };
    },
  };
}
