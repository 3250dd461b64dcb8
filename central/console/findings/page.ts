import { count } from '../../../shared/count-format.ts';
import { dayText } from '../../../shared/day.ts';
import type { DayFigures, RuleFigures } from '../../base/national-layer/day-figures.ts';
import { severityNames } from '../../treat/rules/severity-names.ts';
import { bySeverity, type ToldRule, toldRule } from '../../words/rule-words.ts';
import { scoreText } from '../../words/score-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts, opened } from '../html/parts.ts';
import { lineChart } from '../html/svg/line-chart.ts';
import { table } from '../html/table.ts';
import { daysTold, type StateDetail, type StateFigures, scoreOn } from './query.ts';

const numbers = [
  { label: 'Abertos', isNumber: true },
  { label: 'Novos', isNumber: true },
  { label: 'Resolvidos', isNumber: true },
];

/** All states that somebody may be told of. */
export function statesPage(states: readonly StateFigures[]): Html {
  return html`<h1>Achados por estado</h1>
  <p>O que as regras encontraram nos dados de cada estado, e o que o estado deve fazer. Um achado fecha sozinho quando o estado corrige a linha. A nota vai de 0 a 100: o que sobra quando o pior achado de cada linha tira dela o seu peso.</p>
  ${table({
    caption: 'Como cada estado estava no último dia em que foi tratado',
    columns: [
      { label: 'Estado' },
      { label: 'Nota', isNumber: true },
      { label: 'Mudança' },
      ...numbers,
      { label: 'Dia' },
    ],
    rows: states.map(({ source, first, last }) => [
      html`<a href="${`/achados/${source}`}">${source}</a>`,
      last === null ? '–' : scoreText(scoreOn(last)),
      first === null || last === null ? '–' : changeText(first, last),
      ...(last === null ? ['–', '–', '–'] : countsOf(last)),
      last === null ? `não tratado em ${daysTold} dias` : dayText(last.day),
    ]),
    empty: 'A base ainda não tem dados de nenhum estado que o acordo do seu órgão mostre.',
  })}`;
}

function changeText(first: DayFigures, last: DayFigures): string {
  const [before, now] = [scoreOn(first), scoreOn(last)];
  if (first.day === last.day || before === null || now === null) return '–';
  const change = Math.round((now - before) * 10) / 10;
  const since = `desde ${dayText(first.day)}`;
  if (change === 0) return `igual, ${since}`;
  return `${change > 0 ? 'subiu' : 'caiu'} ${scoreText(Math.abs(change))}, ${since}`;
}

const countsOf = ({ open, opened: fresh, resolved }: Pick<DayFigures, 'open' | 'opened' | 'resolved'>) =>
  [open, fresh, resolved].map((each) => count.format(each));

/** One state: its score over time, its views, and each rule that found something. */
export function statePage(state: string, { days, views, rules, checked }: StateDetail): Html {
  const last = days.at(-1) ?? null;
  const told = rules
    .map((figures) => ({ figures, rule: toldRule(figures.rule, figures.view) }))
    .toSorted((x, y) => bySeverity(x.rule, y.rule) || y.figures.open - x.figures.open);
  const openIn = Map.groupBy(rules, ({ view }) => view);
  return html`<h1>Achados de ${state}</h1>
  ${
    last === null
      ? html`<p>${state} não foi tratado nos últimos ${daysTold} dias.</p>`
      : facts([
          ['Nota', `${scoreText(scoreOn(last))} de 100, em ${dayText(last.day)}`],
          ['Achados abertos', count.format(last.open)],
          ['Novos no dia', count.format(last.opened)],
          ['Resolvidos no dia', count.format(last.resolved)],
        ])
  }
  ${checked !== null && checked.failed.length > 0 && notice('warning', `Não puderam ser conferidas as regras ${checked.failed.join(', ')}.`)}
  ${checked !== null && checked.partly.length > 0 && notice('info', `Falharam em alguns casos as regras ${checked.partly.join(', ')}.`)}
  <h2>Nota ao longo do tempo</h2>
  ${scoreChart(state, days)}
  ${daysTable(days, true)}
  <h2>Por visão</h2>
  ${table({
    caption: 'Como cada visão estava nesse dia',
    columns: [
      ...[{ label: 'Visão' }, { label: 'Nota', isNumber: true }, { label: 'Linhas', isNumber: true }],
      ...[
        { label: 'Linhas com achado', isNumber: true },
        { label: 'Achados abertos', isNumber: true },
      ],
    ],
    rows: views.map(({ view, rows, touched, weight }) => [
      view,
      scoreText(scoreOn({ weight, rows })),
      count.format(rows),
      count.format(touched),
      count.format((openIn.get(view) ?? []).reduce((sum, { open }) => sum + open, 0)),
    ]),
    empty: 'Nenhuma visão foi conferida ainda.',
  })}
  <h2>Por regra</h2>
  ${table({
    caption: 'As mais graves primeiro',
    columns: [{ label: 'Regra' }, { label: 'Gravidade' }, { label: 'O que está errado' }, ...numbers],
    rows: told.map(({ figures, rule }) => ruleRow(state, figures, rule)),
    empty: 'Nenhum achado.',
  })}
  <p><a href="/achados">Todos os estados</a></p>`;
}

function ruleRow(state: string, figures: RuleFigures, { severity, wrong }: ToldRule) {
  const { view, rule } = figures;
  const name = `${rule}, ${view}`;
  return [
    // Of a rule that this version does not have there is no page.
    severity === null ? name : html`<a href="${`/achados/${state}/${view}/${rule}`}">${name}</a>`,
    severity === null ? '–' : severityNames[severity],
    wrong,
    ...countsOf(figures),
  ];
}

/** A rule in a view of a state: what is wrong, what to do, by which norm, and how it goes. */
export function ruleHead(
  state: string,
  view: string,
  { code, severity, wrong, todo, basis }: ToldRule,
): Html {
  return html`<h1>${code} em ${view}, ${state}</h1>
  ${facts([
    ['O que está errado', wrong],
    ['O que o estado deve fazer', todo],
    ['Gravidade', severity === null ? '–' : severityNames[severity]],
    ['Fundamento', basis ?? 'regra do projeto, sem norma própria'],
  ])}`;
}

export function rulePage({
  state,
  view,
  told,
  days,
  rows,
}: {
  readonly state: string;
  readonly view: string;
  readonly told: ToldRule;
  readonly days: readonly DayFigures[];
  /** Where its rows are listed; null for who may not look at people. */
  readonly rows: string | null;
}): Html {
  const last = days.at(-1) ?? null;
  const most = Math.max(1, ...days.map(({ open }) => open));
  return html`${ruleHead(state, view, told)}
  <h2>Abertos ao longo do tempo</h2>
  ${last !== null && html`<p>Em ${dayText(last.day)}: ${count.format(last.open)} abertos, ${count.format(last.opened)} novos, ${count.format(last.resolved)} resolvidos.</p>`}
  ${lineChart({
    title: `Achados abertos de ${told.code} em ${view}, ${state}`,
    ...{ most, written: (value: number) => count.format(Math.round(value)) },
    values: days.map(({ day, open }) => ({ day, value: open })),
  })}
  ${daysTable(days, false)}
  ${rows !== null && html`<p><a class="br-button secondary" href="${rows}">Ver as linhas, com uma finalidade</a></p>`}
  <p><a href="${`/achados/${state}`}">Achados de ${state}</a></p>`;
}

function scoreChart(state: string, days: readonly DayFigures[]): Html | null {
  return lineChart({
    title: `Nota de ${state} por dia`,
    ...{ most: 100, written: (value: number) => String(value) },
    values: days.flatMap((figures) => {
      const value = scoreOn(figures);
      return value === null ? [] : [{ day: figures.day, value }];
    }),
  });
}

/** The numbers of the picture. */
function daysTable(days: readonly DayFigures[], isScored: boolean): Html {
  return opened(
    `Dia a dia (${days.length})`,
    table({
      caption: 'Dias em que o estado foi tratado, os últimos primeiro',
      columns: [{ label: 'Dia' }, ...(isScored ? [{ label: 'Nota', isNumber: true }] : []), ...numbers],
      rows: days
        .toReversed()
        .map((figures) => [
          dayText(figures.day),
          ...(isScored ? [scoreText(scoreOn(figures))] : []),
          ...countsOf(figures),
        ]),
      empty: `Nenhum nos últimos ${daysTold} dias.`,
    }),
  );
}
