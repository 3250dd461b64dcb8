import { differInOneDigit } from '../measures/one-digit.ts';
import type { Columns, NumberColumn } from '../registers/columns.ts';
import type { Field } from '../registers/fields.ts';
import type { Comparison } from './comparison.ts';

/** Beyond are hashes of what are no digits. */
const beyondDigits = 10 ** 15;

export const numberLevel = { same: 1, different: 4 } as const;

/** A number that nobody else has. `of` gives its column. */
export function compareNumber(
  name: string,
  field: Field,
  of: (columns: Columns) => NumberColumn,
): Comparison {
  return {
    ...{ name, field },
    levels: [
      { name: 'same', m: 0.9, u: 0.000_000_1, unshared: true },
      { name: 'one digit', m: 0.05, u: 0.000_001, unshared: true },
      { name: 'different, one of them invalid', m: 0.02, u: 0.05 },
      { name: 'different', m: 0.03, u: 0.95 },
    ],
    bind: (columns) => {
      const { values, doubtful } = of(columns);
      return (a, b) => {
        const [one, other] = [values[a] as number, values[b] as number];
        if (one === 0 || other === 0) return 0;
        if (one === other) return numberLevel.same;
        if (one < beyondDigits && other < beyondDigits && differInOneDigit(one, other)) return 2;
        return doubtful[a] === 1 || doubtful[b] === 1 ? 3 : numberLevel.different;
      };
    },
  };
}

/** An identity card: each state numbers its own, and one may have a card of several states. */
export const compareRg: Comparison = {
  name: 'identity card',
  field: 'rg',
  levels: [
    { name: 'same number and state', m: 0.55, u: 0.000_000_1, unshared: true },
    { name: 'same number', m: 0.05, u: 0.000_001, unshared: true },
    { name: 'one digit, same state', m: 0.02, u: 0.000_002, unshared: true },
    { name: 'different, of two states', m: 0.2, u: 0.9 },
    { name: 'different', m: 0.18, u: 0.1 },
  ],
  bind: ({ rg: { values }, rgUf }) => {
    return (a, b) => {
      const [one, other] = [values[a] as number, values[b] as number];
      if (one === 0 || other === 0) return 0;
      const [ofA, ofB] = [rgUf[a], rgUf[b]];
      if (one === other) return ofA === ofB && ofA !== 0 ? 1 : 2;
      if (ofA !== ofB && ofA !== 0 && ofB !== 0) return 4;
      return one < beyondDigits && other < beyondDigits && differInOneDigit(one, other) ? 3 : 5;
    };
  },
};
