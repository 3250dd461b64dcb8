import { writtenInstant } from '../../../shared/day.ts';
import type { Checks, Statement } from '../../trace/trace-row.ts';
import { flawWords, howText, missingWords, traceWords } from '../../words/row-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { facts, printButton } from '../html/parts.ts';
import { shortened } from '../html/shortened.ts';
import { table } from '../html/table.ts';
import { labelOf, viewLabel } from './labels.ts';
import { breakable } from './long-words.ts';
import type { Loaded, Origin } from './origin.ts';
import type { Place } from './parts.ts';
import { wholeText } from './values.ts';

/** Of what a state wrote, more than this is no value that anybody reads. */
const longest = 5000;

/** A row, from what the page of a person shows back to what the state sent and signed. */
export function originPage(origin: Origin, name: string, place: Place): Html {
  const { view, source, id, since, removed, values, isBehind, past, morePast, seesAll, loaded } = origin;
  const text = (column: string, value: string | null) =>
    breakable(value === null ? null : shortened(wholeText(view.view.name, column, value) ?? value, longest));
  return html`<h1>De onde veio: ${viewLabel(view.view.name)}</h1>
    <p>De <a href="${place.path}">${name}</a>.</p>
    ${facts([
      ['Estado', source],
      ['Visão', html`<code>${view.view.name}</code>`],
      ['Chave', html`<code>${id}</code>`],
      ['Assim desde', writtenInstant(since)],
      ...(removed === null ? [] : [['O estado não tem mais desde', writtenInstant(removed)] as const]),
    ])}
    <h2>O que foi tratado</h2>
    ${isBehind && notice('warning', 'O estado já mandou uma versão mais nova, que ainda não foi tratada. O que ele escreveu não é mostrado ao lado.')}
    ${table({
      caption: 'O que o estado escreveu e o que ficou',
      columns: [
        { label: 'Campo' },
        { label: 'Como veio' },
        { label: 'Como ficou' },
        { label: 'O que a limpeza disse' },
      ],
      rows: values.map((value): Shown[] => [
        labelOf(value.column),
        breakable(value.given === null ? null : shortened(value.given, longest)),
        text(value.column, value.typed),
        isBehind || loaded === null ? '–' : howText(value),
      ]),
      empty: 'Nada desta linha é mostrado ao seu órgão.',
    })}
    <h2>O que foi antes</h2>
    ${table({
      caption: 'As versões anteriores, a mais recente primeiro',
      columns: [{ label: 'De' }, { label: 'Até' }, { label: 'O que mudou depois' }],
      rows: past.map((state): Shown[] => [
        writtenInstant(state.since),
        writtenInstant(state.until),
        state.removed
          ? 'estava removida'
          : state.changed.length === 0
            ? 'saiu do estado'
            : html`<ul>${state.changed.map(({ column, before, after }) => html`<li>${labelOf(column)}: ${text(column, before)} → ${text(column, after)}</li>`)}</ul>`,
      ]),
      empty: 'É a primeira versão: nada mudou desde que chegou.',
    })}
    ${morePast && html`<p>Há versões mais antigas, que não são mostradas.</p>`}
    <h2>A página que a trouxe</h2>
    ${loaded === null ? html`<p>A camada da fonte não tem esta linha.</p>` : loadedPart(loaded, seesAll)}
    <p class="botoes">${printButton()}</p>`;
}

function loadedPart({ number, versions, since, run, trace }: Loaded, seesAll: boolean): Html {
  return html`${facts([
    ['Carregada em', writtenInstant(since)],
    ...(seesAll ? [['Versão', `${number} de ${versions}`] as const] : []),
    ['Coleta', run === null ? 'não guardada' : html`<code>${run}</code>`],
    ['Prova', html`<strong>${traceWords[trace.result]}</strong>`],
  ])}
  ${trace.statements.map(statementPart)}
  <p class="discreto">A chave do agente é comparada na central, por “guarita-central trace”: esta página tem só o que está na base.</p>`;
}

function statementPart({ of, missing, checks, flaw, signed }: Statement): Html {
  const title = of === 'row' ? 'A linha' : 'A remoção';
  if (checks === null) return html`<h3>${title}</h3><p>Sem prova: ${missingWords[missing ?? 'lost']}.</p>`;
  return html`<h3>${title}</h3><ul>${checkLines(of, checks).map(([holds, words]) => html`<li>${holds ? '✓' : '✗'} ${words}</li>`)}
    ${
      signed === null
        ? html`<li>✗ A página: ${flawWords[flaw ?? 'signature']}.</li>`
        : html`<li>✓ A página foi assinada em ${writtenInstant(signed.created)} com a chave de impressão <code>${signed.keyid}</code>.</li>`
    }</ul>`;
}

function checkLines(of: Statement['of'], { values, among }: Checks): (readonly [boolean, string])[] {
  if (of === 'removal') {
    return [
      [
        among,
        among ? 'A página diz que a chave não existe mais.' : 'A página não diz que a chave não existe mais.',
      ],
    ];
  }
  return [
    [
      values,
      values ? 'Os valores dão o resumo guardado com a linha.' : 'Os valores não dão o resumo guardado.',
    ],
    [among, among ? 'O resumo é um dos da página.' : 'O resumo não é nenhum dos da página.'],
  ];
}
