import { count } from '../../count-format.ts';
import { ok, trouble } from '../check.ts';
import { toldAfter } from './attempt.ts';
import type { ViewFacts } from './facts.ts';
import type { SourceCheck } from './names.ts';
import { type ValueFlaw, valueFlaws } from './sample-values.ts';

/** What is told of each, and what the state does about it. */
const told: Readonly<Record<ValueFlaw, readonly [message: string, next: string]>> = {
  empty: [
    'Vazias, e toda linha deveria ter',
    'Preencha-as no sistema de origem; se só a visão as perde (junção, condição), corrija a visão.',
  ],
  'not-typed': [
    'Não são do tipo da coluna',
    'Confira a expressão da coluna na visão, e corrija o que foi digitado errado: sem isso, o valor não vale na base nacional.',
  ],
  impossible: [
    'Não existem (dígito verificador, dia fora do mês, município)',
    'Corrija no sistema de origem: a base nacional guarda o que veio, e não o usa.',
  ],
  'default-date': [
    'Datas que o sistema escreve quando não sabe (zeradas, 01/01, 1900)',
    'Na visão, use nulo onde a data não é conhecida.',
  ],
  future: ['Datas no futuro', 'Corrija no sistema de origem; confira também o fuso e o relógio do banco.'],
  unlisted: [
    'Fora da lista nacional',
    'Nada se perde: a SENAPPEN pergunta o que querem dizer. As listas estão em docs/dicionario.md.',
  ],
  placeholder: [
    'Textos no lugar de um valor que falta (como NÃO CONSTA)',
    'Na visão, use nulo; a base nacional os trata como vazios.',
  ],
  encoding: [
    'Acentos trocados por outros caracteres',
    'Corrija na origem, ou confira o conjunto de caracteres declarado do banco. Se são textos da própria visão (CASE), o roteiro rodou no conjunto errado: rode-o de novo como a primeira linha dele diz.',
  ],
  padded: [
    'Textos com espaços no fim, como os de um CASE com textos de tamanhos diferentes',
    'Na visão: TRIM(CASE … END), ou CAST de cada texto como VARCHAR.',
  ],
  'short-year': ['Datas com o ano em dois dígitos', 'Na visão, use a coluna de data, e não o texto dela.'],
  'too-long': ['Textos longos demais para a coluna', 'Confira se a expressão da coluna na visão é a certa.'],
};

/** What treatment will find in values like those of the sample. Columns are named and rows counted, values never told. */
export function checkValues({ look, config: { name } }: ViewFacts): readonly SourceCheck[] {
  return toldAfter(look, 'rows', 'values', name, ({ values }) => {
    if (values === null) return [];
    const { rows, flaws } = values;
    const sample = `amostra de ${count.format(rows)} linhas`;
    const troubles = valueFlaws.flatMap((flaw) => {
      const columns = flaws.filter((each) => each.flaw === flaw);
      if (columns.length === 0) return [];
      const [message, next] = told[flaw];
      const named = columns.map((each) => `${each.column} (${count.format(each.rows)})`).join(', ');
      return [trouble('values' as const, name, 'warning', `${message}: ${named}; ${sample}.`, next)];
    });
    return troubles.length > 0 ? troubles : ok('values', name, `valores como no dicionário (${sample})`);
  });
}
