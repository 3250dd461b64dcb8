import { count } from '../../shared/count-format.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import type { Attention, DoubtCode } from '../state/attentions.ts';

type Doubt = Pick<Attention, 'subject' | 'columns'>;

const words: Readonly<Record<DoubtCode, (doubt: Doubt, held: number | null) => string>> = {
  'epoch-changed': () => 'o banco do estado tem outro histórico do que antes',
  'column-lost': ({ columns }) =>
    // One of before the names were kept.
    columns === null
      ? problemOf('column-lost').pt.title
      : `não vieram mais: ${columns.map((name) => `"${name}"`).join(', ')}`,
  'view-shrank': ({ subject }, held) => {
    if (!/^\d+$/.test(subject)) return problemOf('view-shrank').pt.title;
    const lost = Number(subject);
    const of = held === null || held < lost ? '' : ` de ${count.format(held)}`;
    return `linhas que sumiram: ${count.format(lost)}${of}`;
  },
};

/**
 * What a person decides about, in a short sentence.
 * @param held rows that the base has of the view, as far as it is known
 */
export function doubtInWords(doubt: Doubt & Pick<Attention, 'code'>, held: number | null): string {
  return words[doubt.code](doubt, held);
}
