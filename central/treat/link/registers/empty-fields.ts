import type { Columns, OwnValues } from './columns.ts';
import type { Field } from './fields.ts';

/** Fields of which no register says anything. */
export function emptyFields(columns: Omit<Columns, 'empty'>, own: readonly string[]): readonly Field[] {
  const { name, mother, father, otherNames, birth, sex, cpf, rg, rji, oab, birthplace } = columns;
  const isNone = (values: ArrayLike<number>): boolean => {
    for (let at = 0; at < values.length; at++) if (values[at] !== 0) return false;
    return true;
  };
  const said: readonly (readonly [Field, isEmpty: boolean])[] = [
    ['given', name.words.length === 0],
    ['surnames', name.words.length === 0],
    ['mother', mother.words.length === 0],
    ['father', father.words.length === 0],
    ['other names', otherNames.words.length === 0],
    ['birth', isNone(birth)],
    ['sex', isNone(sex)],
    ['cpf', isNone(cpf.values)],
    ['rg', isNone(rg.values)],
    ['rji', isNone(rji.values)],
    ['oab', isNone(oab.values)],
    ['birthplace', isNone(birthplace)],
    ...columns.own.map((values, place) => [`own ${own[place] ?? ''}`, isNone(valuesOf(values))] as const),
  ];
  return said.filter(([, isEmpty]) => isEmpty).map(([field]) => field);
}

/** Of a text any list that is empty where nobody says one. */
function valuesOf(own: OwnValues): ArrayLike<number> {
  if (own.as === 'number') return own.numbers.values;
  return own.as === 'code' ? own.codes : own.text.start;
}
