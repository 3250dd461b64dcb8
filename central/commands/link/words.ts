import { count } from '../../../shared/count-format.ts';
import type { Summary } from '../../link-files/summarize.ts';
import { wrapped } from '../../status/wrapped.ts';
import { encodingName } from '../../tables/encoding.ts';
import type { ReviewPair } from '../../treat/link/cluster/review.ts';
import type { Evaluation, Measures } from '../../treat/link/evaluate/evaluate.ts';
import type { Share } from '../../treat/link/evaluate/interval.ts';
import { comparisonName, reasonText } from '../../words/comparison-names.ts';

const percent = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const separatorNames: Readonly<Record<string, string>> = { ';': '";"', ',': '","', '\t': 'tabulação' };

/** What an import came to, as people read it. */
export function importText(summary: Summary): string {
  const { file, registers, compared, persons, personsOfSeveral, registersOfThem, model } = summary;
  const form = `${encodingName(file.encoding)}, separador ${separatorNames[file.separator] ?? ''}`;
  const said: (readonly [string, string])[] = [
    ['Registros', `${count.format(registers)} de ${file.name} (${form})`],
    ...(summary.unreadDates > 0
      ? [
          [
            'Datas',
            `${some(summary.unreadDates, 'não se entende e ficou', 'não se entendem e ficaram')} de fora`,
          ] as const,
        ]
      : []),
    ['Modelo', modelText(model)],
    [
      'Pares',
      compared === 0
        ? 'nenhum comparado: os registros não têm nada em comum'
        : `${count.format(compared)} comparados`,
    ],
    [
      'Pessoas',
      `${count.format(persons)}; ${count.format(personsOfSeveral)} delas de mais de um registro (${count.format(registersOfThem)} registros)`,
    ],
    ['Revisão', reviewText(summary)],
    ...(summary.tooLarge.length > 0
      ? [
          [
            'Grupos',
            `${some(summary.tooLarge.length, 'grande demais para juntar', 'grandes demais para juntar')} sem uma pessoa olhar: ids em summary.json`,
          ] as const,
        ]
      : []),
    ...(summary.leftOut.length > 0 ? [['De fora', leftOutText(summary)] as const] : []),
  ];
  const lines = said.flatMap(([name, text]) => titled(name, text));
  return [...lines, ...(summary.evaluation === null ? [] : ['', evaluationText(summary.evaluation)])].join(
    '\n',
  );
}

const indent = 11;

function titled(name: string, text: string): string[] {
  const [first = '', ...others] = wrapped(text, ' '.repeat(indent));
  return [name.padEnd(indent) + first.trimStart(), ...others];
}

function some(number: number, one: string, many: string): string {
  return `${count.format(number)} ${number === 1 ? one : many}`;
}

function modelText({ trained, lessons, neverSeen }: Summary['model']): string {
  const origin = !trained
    ? 'o que foi dado'
    : lessons === 0
      ? 'nada nestes registros o ensina: valem os pesos de partida'
      : 'treinado nestes registros';
  const unseen = neverSeen.reduce((sum, { levels }) => sum + levels.length, 0);
  if (unseen === 0 || (trained && lessons === 0)) return origin;
  const names = neverSeen.map(({ name, levels }) => `${comparisonName(name)} ${levels.length}`).join(', ');
  return `${origin}; ${some(unseen, 'nível nunca visto fica', 'níveis nunca vistos ficam')} com o peso de partida (${names})`;
}

function reviewText({ review, reviewBecause }: Summary): string {
  if (review === 0) return 'nenhum par para uma pessoa decidir';
  const reasons = Object.entries(reviewBecause).map(
    ([because, pairs]) => `${reasonText(because as ReviewPair['because'])} ${count.format(pairs)}`,
  );
  return `${some(review, 'par', 'pares')} para uma pessoa decidir (${reasons.join(', ')})`;
}

function leftOutText({ leftOut }: Summary): string {
  const blocks = leftOut.reduce((sum, rule) => sum + rule.blocks, 0);
  const largest = Math.max(...leftOut.map((rule) => rule.largest));
  return (
    `${some(blocks, 'bloco', 'blocos')} de registros com o mesmo em comum, grandes demais para comparar (o maior, de ` +
    `${count.format(largest)}): estes registros só se encontram por outra coisa`
  );
}

/** How well it was done, in a table that fits 80 columns. */
export function evaluationText(evaluation: Evaluation): string {
  // Of pairs nobody knows which of them are one person's.
  const counted =
    evaluation.of === 'pairs'
      ? 'cada par por si (se vários são da mesma pessoa, o certo é mais largo)'
      : 'pessoas, não pares';
  return [
    evaluationTable(evaluation),
    ...wrapped(
      `Precisão: do que foi juntado, quanto é certo. Recall: do que devia ser juntado, quanto foi. F1: os dois juntos. Com revisão: se cada par em revisão for bem respondido. O intervalo conta ${counted}.`,
      '',
    ),
  ].join('\n');
}

/** The same without what its words mean. */
export function evaluationTable({ of, known, automatic, withReview }: Evaluation): string {
  const rows: (readonly [string, Measures | null])[] = [
    ['Pares', automatic.pairs],
    ['  com revisão', withReview.pairs],
    ['Registros', automatic.registers],
    ['  com revisão', withReview.registers],
  ];
  const told = rows.flatMap(([name, measures]) => (measures === null ? [] : [rowText(name, measures)]));
  return [
    `Verdade: ${count.format(known)} ${of === 'pairs' ? 'pares' : 'registros'}. Em %, com o intervalo de 95 %.`,
    `${''.padEnd(15)}${'precisão'.padEnd(22)}${'recall'.padEnd(22)}F1`,
    ...told,
  ].join('\n');
}

function rowText(name: string, { precision, recall, f1 }: Measures): string {
  const cells = [precision, recall, f1].map((share) => shareText(share).padEnd(22));
  return `${name.padEnd(15)}${cells.join('')}`.trimEnd();
}

function shareText({ share, low, high }: Share): string {
  const [told, from, to] = [share, low, high].map((each) => percent.format(each * 100));
  return `${told} (${from}–${to})`;
}
