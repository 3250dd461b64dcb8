import { count } from '../../../shared/count-format.ts';
import type { ListedDecision } from '../../base/decided-layer/decision-history.ts';
import { saidNames } from '../../words/pair-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { lackingText } from './lacking-words.ts';
import { pairPart } from './pair-page.ts';
import type { SeenPair } from './query.ts';
import type { Reviewable } from './reviewable.ts';

/** What was decided just now, or turned out to be decided already. */
export interface Done {
  readonly decision: ListedDecision;
  readonly isNew: boolean;
}

type At = (path: string) => string;

export function queuePage({
  pair,
  done,
  left,
  lacking,
  form,
  at,
}: {
  readonly pair: SeenPair;
  readonly done: Done | null;
  readonly left: number;
  readonly lacking: readonly string[];
  readonly form: Html;
  readonly at: At;
}): Html {
  return html`<h1>São a mesma pessoa?</h1>
  ${doneNotice(done, at)}
  <p class="discreto">${left === 1 ? 'O último par à espera.' : `${count.format(left)} pares à espera, primeiro os em que a resposta muda mais.`} <a href="${at('/vinculacao/decisoes')}">Decisões já tomadas</a></p>
  ${lacking.length > 0 && notice('info', lackingText(lacking))}
  ${pairPart(pair, at)}
  ${form}`;
}

export function emptyPage({
  seen,
  done,
  isLater,
  at,
}: {
  readonly seen: Reviewable;
  readonly done: Done | null;
  readonly isLater: boolean;
  readonly at: At;
}): Html {
  return html`<h1>Revisão de vínculos</h1>
  ${doneNotice(done, at)}
  ${seen.lacking.length > 0 && notice('warning', lackingText(seen.lacking))}
  ${
    seen.roles.length > 0 &&
    (isLater
      ? html`<p>Você chegou ao fim da lista. <a href="${at('/vinculacao')}">Voltar ao começo</a>, aos pares que pulou.</p>`
      : html`<p>Nenhum par à espera, entre os registros que o acordo do seu órgão mostra.</p>`)
  }
  <p><a href="${at('/vinculacao/decisoes')}">Decisões já tomadas</a></p>`;
}

function doneNotice(done: Done | null, at: At): Html | null {
  if (done === null) return null;
  const { number, says, who } = done.decision;
  const link = html`<a href="${at(`/vinculacao/decisoes/${number}`)}">${done.isNew ? 'Desfazer' : `Ver a decisão ${number}`}</a>`;
  return done.isNew
    ? notice(
        'success',
        html`Decisão ${number} registrada: ${saidNames[says]}. O próximo tratamento a segue. ${link}`,
      )
    : notice(
        'info',
        html`Alguém já tinha decidido o mesmo: ${saidNames[says]} (${who}). Nada foi registrado de novo. ${link}`,
      );
}
