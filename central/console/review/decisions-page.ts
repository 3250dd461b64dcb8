import { writtenMoment } from '../../../shared/day.ts';
import type { ListedDecision } from '../../base/decided-layer/decision-history.ts';
import { saidNames } from '../../words/pair-words.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts, pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { pairPart } from './pair-page.ts';
import type { SeenPair } from './query.ts';

type At = (path: string) => string;

export function decisionsPage({
  decisions,
  isUnsure,
  first,
  next,
  at,
}: {
  readonly decisions: readonly ListedDecision[];
  readonly isUnsure: boolean;
  readonly first: string | null;
  readonly next: string | null;
  readonly at: At;
}): Html {
  return html`<h1>Decisões sobre vínculos</h1>
  <p>${
    isUnsure
      ? html`Pares de que alguém não soube dizer. Quem souber abre a decisão e responde. <a href="${at('/vinculacao/decisoes')}">Todas as decisões</a>`
      : html`O que as pessoas disseram, sobre registros que o acordo do seu órgão mostra. Vale contra qualquer modelo, até ser desfeito. <a href="${at('/vinculacao/decisoes?diz=incerto')}">Só as incertas</a>`
  } <a href="${at('/vinculacao')}">Voltar à revisão</a></p>
  ${table({
    caption: 'As últimas primeiro',
    columns: [
      ...[{ label: 'Nº' }, { label: 'O quê' }, { label: 'Registros' }, { label: 'Por quem' }],
      ...[{ label: 'Motivo' }, { label: 'Situação' }],
    ],
    rows: decisions.map(({ number, says, of, who, at: when, reason, undoneBy }) => [
      html`<a href="${at(`/vinculacao/decisoes/${number}`)}">${number}</a>`,
      saidNames[says],
      ofText(of),
      `${who}, em ${writtenMoment(when)}`,
      reason,
      undoneBy === null ? 'vale' : `desfeita pela decisão ${undoneBy}`,
    ]),
    empty: 'Nenhuma decisão.',
  })}
  ${pages({ first, next })}`;
}

function ofText([source, role, otherSource, otherRole]: ListedDecision['of']): string {
  const roles = role === otherRole ? role : `${role} e ${otherRole}`;
  return `${source === otherSource ? source : `${source} e ${otherSource}`}, ${roles}`;
}

export function decisionPage({
  decision,
  pair,
  token,
  typed,
  fault,
  longest,
  at,
}: {
  readonly decision: ListedDecision;
  readonly pair: SeenPair;
  readonly token: string;
  readonly typed: string;
  readonly fault?: string;
  readonly longest: number;
  readonly at: At;
}): Html {
  const { number, a, b, says, who, at: when, reason, undoneBy } = decision;
  return html`<h1>Decisão ${number}</h1>
  ${facts([
    ['O que se disse', saidNames[says]],
    ['Por quem', who],
    ['Quando', writtenMoment(when)],
    ['Motivo', reason],
    ['Situação', undoneBy === null ? 'vale' : `desfeita pela decisão ${undoneBy}`],
  ])}
  ${says === 'unsure' && undoneBy === null && html`<p><a href="${at(`/vinculacao/${a}/${b}`)}">Responder, se você souber</a></p>`}
  <h2>Os dois registros, hoje</h2>
  ${pairPart(pair, at)}
  <section class="nao-impresso"><h2>Desfazer</h2>
  ${
    undoneBy === null
      ? html`<p>A decisão fica guardada; deixa de valer. O próximo tratamento refaz as pessoas dos dois registros, pelo modelo e pelas outras decisões.</p>
    ${faultSummary({ motivo: fault })}
    ${form({
      ...{ action: at(`/vinculacao/decisoes/${number}`), token, submit: 'Desfazer a decisão' },
      children: textField({
        ...{ name: 'motivo', label: 'Motivo', value: typed, fault: fault ?? null, maxLength: longest },
        ...{ help: 'Nunca o nome nem um número da pessoa.', isRequired: true },
      }),
    })}`
      : notice('info', 'Já foi desfeita.')
  }</section>`;
}
