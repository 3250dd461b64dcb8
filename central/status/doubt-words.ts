import { count } from '../../shared/count-format.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import { type Attention, type DoubtCode, wholeSource } from '../state/attentions.ts';

type Doubt = Pick<Attention, 'subject' | 'columns'>;

const words: Readonly<Record<DoubtCode, (doubt: Doubt, held: number | null) => string>> = {
  'epoch-changed': () => 'o banco do estado tem outro histórico do que antes',
  'column-lost': ({ columns }) =>
    // One of before the names were kept.
    columns === null
      ? problemOf('column-lost').pt.title
      : `não vieram mais: ${columns.map((name) => `"${name}"`).join(', ')}`,
  'journal-cut': ({ subject }) =>
    `o agente não tem mais, ou não prova mais, o registro ${entryIn(subject)} do diário, que a central já tinha`,
  'journal-forked': ({ subject }) =>
    `o registro ${entryIn(subject)} do diário do agente é outro do que a central já tinha`,
  'view-shrank': ({ subject }, held) => {
    if (!/^\d+$/.test(subject)) return problemOf('view-shrank').pt.title;
    const lost = Number(subject);
    const of = held === null || held < lost ? '' : ` de ${count.format(held)}`;
    return `linhas que sumiram: ${count.format(lost)}${of}`;
  },
};

function entryIn(subject: string): string {
  return /^\d+/.exec(subject)?.[0] ?? '?';
}

/** What it is about: a view, or all of a source. */
export function viewInWords(view: string): string {
  return view === wholeSource ? 'toda a fonte' : view;
}

/**
 * What a person decides about, in a short sentence.
 * @param held rows that the base has of the view, as far as it is known
 */
export function doubtInWords(doubt: Doubt & Pick<Attention, 'code'>, held: number | null): string {
  return words[doubt.code](doubt, held);
}
