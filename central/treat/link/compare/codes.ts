import type { Columns, WordLists } from '../registers/columns.ts';
import type { Field } from '../registers/fields.ts';
import type { Comparison } from './comparison.ts';
import { noValueRarity, type Rarity, type ValueRarity } from './rarity.ts';

type Codes = { readonly [place: number]: number };

/** A value of a list. */
export function compareCode(
  name: string,
  field: Field,
  of: (columns: Columns) => Codes,
  rarityOf: (rarity: Rarity) => ValueRarity = () => noValueRarity,
): Comparison {
  return {
    ...{ name, field },
    levels: [
      { name: 'same', m: 0.9, u: 0.05 },
      { name: 'different', m: 0.1, u: 0.95 },
    ],
    bind: (columns, rarity) => {
      const codes = of(columns);
      const { known, others } = rarityOf(rarity);
      return (a, b, found) => {
        const [one, other] = [codes[a], codes[b]];
        if (one === 0 || other === 0 || one === undefined) return 0;
        if (one !== other) return 2;
        found.rarity = known.get(one) ?? others;
        return 1;
      };
    },
  };
}

export const compareSex: Comparison = {
  ...compareCode('sex', 'sex', ({ sex }) => sex),
  levels: [
    { name: 'same', m: 0.995, u: 0.9 },
    { name: 'different', m: 0.005, u: 0.1 },
  ],
};

/** What somebody is called beside the name. */
export const compareOtherNames: Comparison = {
  name: 'other names',
  field: 'other names',
  levels: [
    { name: 'one in common', m: 0.4, u: 0.005 },
    { name: 'none in common', m: 0.6, u: 0.995 },
  ],
  bind: ({ otherNames }) => {
    return (a, b) => {
      if (isEmpty(otherNames, a) || isEmpty(otherNames, b)) return 0;
      const { start, words } = otherNames;
      for (let at = start[a] as number; at < (start[a + 1] as number); at++) {
        for (let other = start[b] as number; other < (start[b + 1] as number); other++) {
          if (words[at] === words[other]) return 1;
        }
      }
      return 2;
    };
  },
};

function isEmpty({ start }: WordLists, of: number): boolean {
  return start[of] === start[of + 1];
}
