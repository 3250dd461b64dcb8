import type { StandardColumn } from '../../../shared/dictionary/columns.ts';
import type { Choice } from '../html/form.ts';

const booleans: readonly Choice[] = [
  { value: 'true', label: 'Sim' },
  { value: 'false', label: 'Não' },
];

/** The national values of a column, where they are few enough to choose from; none where they are typed. */
export function valueChoices({ kind, codes }: StandardColumn): readonly Choice[] {
  if (kind === 'boolean') return booleans;
  return (codes?.values ?? []).map(({ code, label }) => ({ value: code, label }));
}

export function valueLabel(column: StandardColumn, code: string): string {
  return valueChoices(column).find(({ value }) => value === code)?.label ?? code;
}

/** What is typed where they are not few. */
export function typedHelp({ kind }: StandardColumn): string {
  return kind === 'uf' ? 'A sigla da UF, como AL.' : 'O código de sete algarismos do IBGE, como 2704302.';
}
