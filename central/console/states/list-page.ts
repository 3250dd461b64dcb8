import { count } from '../../../shared/count-format.ts';
import { writtenMoment } from '../../../shared/day.ts';
import type { PictureMark } from '../../base/published-layer/picture.ts';
import { duration } from '../../status/words.ts';
import { scoreText } from '../../words/score-words.ts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { statesMap } from './map.ts';
import { stateName } from './names.ts';
import type { Overview } from './overview.ts';
import { situationsInOrder, situationText } from './situations.ts';
import { none, pictureWords, stepWords, termWords } from './words.ts';

const columns = [
  ...[{ label: 'Estado' }, { label: 'Situação' }, { label: 'Acordo' }, { label: 'Próximo marco' }],
  ...[{ label: 'Última coleta' }, { label: 'Quarentena', isNumber: true }],
  ...[
    { label: 'Decisões', isNumber: true },
    { label: 'Achados', isNumber: true },
  ],
  ...[{ label: 'Nota', isNumber: true }, { label: 'Próxima coleta' }],
];

/** @param states all those that the viewer is told of */
export function statesPage(states: readonly Overview[], mark: PictureMark | null): Html {
  const known = states
    .filter(({ situation }) => situation !== 'none')
    .toSorted(
      (one, other) =>
        situationsInOrder.indexOf(one.situation) - situationsInOrder.indexOf(other.situation) ||
        stateName(one.code).localeCompare(stateName(other.code), 'pt-BR'),
    );
  const others = states.filter(({ situation }) => situation === 'none');
  return html`<h1>Estados</h1>
    ${pictureWords(mark)}
    ${
      states.length === 0
        ? withoutGrant
        : html`${statesMap(states)}
    ${table({ caption: 'Estados com acordo', columns, rows: known.map(rowOf), empty: 'Nenhum estado tem acordo registrado na central.' })}
    ${others.length > 0 && othersPart(others)}`
    }`;
}

const withoutGrant = html`<p>Nenhum acordo do seu órgão está em vigor, e é ele que diz de quais estados o órgão acompanha a coleta.</p>`;

function rowOf(state: Overview) {
  const { code, situation, agreement, matters, quarantined, doubts, quality, nextRun } = state;
  const waiting = doubts.filter(({ decision }) => decision === null).length;
  const [first, ...more] = matters;
  return [
    html`<a href="${`/estados/${code}`}">${stateName(code)}</a>`,
    html`<strong>${situationText(situation)}</strong>${first !== undefined && html`<br>${first.words}${more.length > 0 && `, e mais ${more.length}`}`}`,
    agreement === null ? none : `${agreement.number}, ${termWords(agreement)}`,
    milestoneText(state),
    collectedText(state),
    count.format(quarantined),
    count.format(waiting),
    quality === null ? none : count.format(quality.open),
    quality === null ? none : scoreText(quality.score),
    nextRun === null ? none : writtenMoment(nextRun),
  ];
}

function milestoneText({ nextStep, steps, ended, departed }: Overview): string {
  if (steps.length === 0 || ended !== null || departed !== null) return none;
  if (nextStep === null) return '✓ todos cumpridos';
  return `D+${nextStep.days}, ${nextStep.name} (${nextStep.by}): ${stepWords(nextStep)}`;
}

function collectedText({ rows, lastSuccess, lagSeconds }: Overview): string {
  if (rows.length === 0) return none;
  if (lastSuccess === null || lagSeconds === null) return 'nem todas as visões';
  return `${writtenMoment(lastSuccess)}, há ${duration(lagSeconds)}`;
}

function othersPart(others: readonly Overview[]): Html {
  const links = others.map(
    ({ code }, index) => html`${index > 0 && ', '}<a href="${`/estados/${code}`}">${stateName(code)}</a>`,
  );
  return html`<h2>Sem acordo registrado</h2>
    <p>${links}.</p>
    <p class="discreto">Um acordo fica registrado quando a central faz o convite do estado.</p>`;
}
