import type { BirthRule, Rule } from './rule.ts';
import { thresholds } from './thresholds.ts';

const { bornTogether, bornTogetherTimes, bornWithin } = thresholds;

/**
 * A number of people, up to the next power of two: what is expected of a date follows from how many there are, and is not
 * to change with each of them, or all dates would be looked at again.
 */
export function roughly(people: number): number {
  return people <= 1 ? people : 2 ** Math.ceil(Math.log2(people));
}

const rules: readonly BirthRule[] = [
  {
    code: 'P20',
    scope: 'births',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.data_nascimento'],
    wrong: 'Muitas pessoas do estado têm esta data de nascimento: parece ser uma que o sistema preenche.',
    todo: 'Confira a data no documento; se não for conhecida, deixe o campo vazio.',
    broken: ({ people, among }) => {
      const expected = among / (bornWithin.value * 365);
      return people > bornTogether.value && people > bornTogetherTimes.value * expected;
    },
  },
];

export const birthRules: readonly Rule[] = rules;
