import type { NameColumn, WordTable } from '../registers/columns.ts';
import { wholeValue } from '../registers/whole-value.ts';
import type { Compare, Comparison, Level } from './comparison.ts';
import { emptyMatch, matchWords } from './match-words.ts';
import { noValueRarity } from './rarity.ts';

const [theSame, theSameOne] = [1, 2];

const levels: Comparison['levels'] = [
  { name: 'the same, several', m: 0.4, u: 0.0005 },
  { name: 'the same, one', m: 0.2, u: 0.01 },
  { name: 'alike', m: 0.13, u: 0.002 },
  { name: 'several the same, more on one side', m: 0.05, u: 0.0005 },
  { name: 'one the same, more on one side', m: 0.1, u: 0.03 },
  { name: 'alike, more on one side', m: 0.03, u: 0.01 },
  { name: 'some the same', m: 0.05, u: 0.1 },
  { name: 'some alike', m: 0.01, u: 0.03 },
  { name: 'different', m: 0.03, u: 0.8 },
];

/** All words of the name but the first: further given names and surnames, which nobody can always tell apart. */
export const compareSurnames: Comparison = {
  name: 'surnames',
  field: 'surnames',
  levels,
  bind: ({ name, words }, { further }) => wordsCompare(name, words, further, 1),
};

/** The words of a text of a layout's own. */
export function compareText(name: string, place: number): Comparison {
  const own: readonly Level[] = levels;
  return {
    ...{ name, field: `own ${name}`, levels: own as Comparison['levels'] },
    bind: (columns, rarity) => {
      const { own, words } = columns;
      const values = own[place];
      if (values?.as !== 'text') throw new TypeError(`the column ${name} is no text`);
      const compare = wordsCompare(values.text, words, new Float64Array(words.sound.length), 0);
      const valueOf = wholeValue(columns, place);
      const { known, others } = rarity.own[place] ?? noValueRarity;
      return (a, b, found) => {
        const level = compare(a, b, found);
        // The words of an address come together: it is as rare as it is as a whole.
        if (level === theSame || level === theSameOne) found.rarity = known.get(valueOf(a)) ?? others;
        return level;
      };
    },
  };
}

function wordsCompare(column: NameColumn, words: WordTable, rarity: Float64Array, from: number): Compare {
  const match = matchWords(column, words, rarity, from);
  const into = emptyMatch();
  return (a, b, found) => {
    match(a, b, into);
    const { same, alike, restA, restB } = into;
    const matched = same + alike;
    if (matched + restA === 0 || matched + restB === 0) return 0;
    if (matched === 0) return 9;
    found.rarity = into.rarity;
    if (restA > 0 && restB > 0) return same > 0 ? 7 : 8;
    if (restA + restB > 0) return alike > 0 ? 6 : same > 1 ? 4 : 5;
    if (alike > 0) return 3;
    return same > 1 ? 1 : 2;
  };
}
