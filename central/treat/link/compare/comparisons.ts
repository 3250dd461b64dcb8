import type { Columns, OwnValues } from '../registers/columns.ts';
import type { OwnColumn } from '../registers/register.ts';
import { compareBirth } from './birth.ts';
import { compareCode, compareOtherNames, compareSex } from './codes.ts';
import type { Comparison } from './comparison.ts';
import { compareGiven, compareSuffix } from './given.ts';
import { compareNumber, compareRg } from './numbers.ts';
import { compareParent } from './parent.ts';
import { noValueRarity } from './rarity.ts';
import { compareSurnames, compareText } from './surnames.ts';

/** What registers of every layout are compared by. */
const always: readonly Comparison[] = [
  compareGiven,
  compareSurnames,
  compareSuffix,
  compareParent('mother'),
  compareParent('father'),
  compareBirth,
  compareSex,
  compareNumber('CPF', 'cpf', ({ cpf }) => cpf),
  compareRg,
  compareNumber('RJI', 'rji', ({ rji }) => rji),
  compareNumber('OAB', 'oab', ({ oab }) => oab),
  compareCode(
    'birthplace',
    'birthplace',
    ({ birthplace }) => birthplace,
    ({ birthplace }) => ({ known: birthplace, others: 0 }),
  ),
  compareOtherNames,
];

/** All comparisons of a layout, in their order, which is that of levels in patterns and models. */
export function comparisonsOf(own: readonly OwnColumn[] = []): readonly Comparison[] {
  return [...always, ...own.map(compareOwn)];
}

function compareOwn({ name, as }: OwnColumn, place: number): Comparison {
  if (as === 'text') return compareText(name, place);
  const of = (values: OwnValues | undefined) => {
    if (values?.as === 'number') return values.numbers;
    throw new TypeError(`the column ${name} is no number`);
  };
  if (as === 'number')
    return { ...compareNumber(name, `own ${name}`, ({ own }) => of(own[place])), tellsApart: true };
  const codes = ({ own }: Columns) => {
    const values = own[place];
    if (values?.as !== 'code') throw new TypeError(`the column ${name} is no code`);
    return values.codes;
  };
  return compareCode(name, `own ${name}`, codes, ({ own }) => own[place] ?? noValueRarity);
}
