import { count } from '../../../shared/count-format.ts';
import { dayText, writtenMoment } from '../../../shared/day.ts';
import type { RecordedCodeMap } from '../../base/decided-layer/code-maps.ts';
import type { DayFigures } from '../../base/national-layer/day-figures.ts';
import type { CodedColumn } from '../../codes/assignable.ts';
import type { UnknownWords } from '../../codes/unknown-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { valueLabel } from './value-words.ts';

export function codesPage(
  states: readonly { readonly source: string; readonly last: DayFigures | null }[],
): Html {
  return html`<h1>Códigos sem valor nacional</h1>
  <p>Palavras que os estados escrevem em colunas de códigos e de que não se sabe o valor nacional. Não se adivinha: alguém diz o que cada uma significa, ou que não significa nada.</p>
  ${table({
    caption: 'Valores que não se entendem (regra T03), no último dia de cada estado',
    columns: [{ label: 'Estado' }, { label: 'Abertos', isNumber: true }, { label: 'Dia' }],
    rows: states.map(({ source, last }) => [
      html`<a href="${`/codigos/${source}`}">${source}</a>`,
      last === null ? '–' : count.format(last.open),
      last === null ? 'não tratado' : dayText(last.day),
    ]),
    empty: 'A base ainda não tem dados de nenhum estado que o acordo do seu órgão mostre.',
  })}`;
}

export function stateCodesPage(state: string, found: readonly UnknownWords[]): Html {
  return html`<h1>Códigos de ${state}</h1>
  ${table({
    caption: 'Colunas com palavras sem valor nacional, pelo último tratamento',
    columns: [
      ...[{ label: 'Coluna' }, { label: 'Palavras', isNumber: true }, { label: 'Linhas', isNumber: true }],
      { label: 'As mais frequentes' },
    ],
    rows: found.map(({ column, words, more }) => [
      html`<a href="${`/codigos/${state}/${column}`}">${column}</a>`,
      count.format(words.length + more.words),
      count.format(words.reduce((sum, { rows }) => sum + rows, 0) + more.rows),
      words
        .slice(0, 3)
        .map(({ word }) => shownWord(word))
        .join('; '),
    ]),
    empty: 'Nenhuma palavra sem valor nacional nas colunas que o acordo do seu órgão mostra.',
  })}
  <p><a href="/codigos">Todos os estados</a></p>`;
}

/** Shown of one column. */
const mostShown = 100;

export function columnPage({
  state,
  coded: { view, column },
  unknown,
  said,
  isMoreSaid,
  isDone,
}: {
  readonly state: string;
  readonly coded: CodedColumn;
  readonly unknown: UnknownWords | null;
  readonly said: readonly RecordedCodeMap[];
  readonly isMoreSaid: boolean;
  readonly isDone: boolean;
}): Html {
  const name = `${view}.${column.name}`;
  const words = unknown?.words ?? [];
  const left = Math.max(0, words.length - mostShown) + (unknown?.more.words ?? 0);
  return html`<h1>${name} em ${state}</h1>
  ${isDone && notice('success', 'Registrado. O próximo tratamento trata de novo as linhas que têm a palavra.')}
  <p>${column.about} Abra uma palavra para dizer o que ela significa.</p>
  ${table({
    caption: 'Palavras sem valor nacional, as mais frequentes primeiro',
    columns: [{ label: 'Palavra' }, { label: 'Linhas', isNumber: true }],
    rows: words
      .slice(0, mostShown)
      .map(({ word, rows }) => [wordLink(state, name, word), count.format(rows)]),
    empty: 'Nenhuma palavra sem valor nacional.',
  })}
  ${left > 0 && html`<p>E mais ${count.format(left)}: diga antes o que significam as mais frequentes.</p>`}
  ${table({
    caption: 'O que já se disse; de cada palavra, vale o último',
    columns: [{ label: 'Palavra' }, { label: 'Valor' }, { label: 'Por quem' }, { label: 'Motivo' }],
    rows: said.map(({ word, code, who, reason, at }) => [
      wordLink(state, name, word),
      code === null ? 'não diz nada' : valueLabel(column, code),
      `${who}, em ${writtenMoment(at)}`,
      reason ?? '–',
    ]),
    empty: 'Ainda não se disse nada das palavras desta coluna.',
  })}
  ${isMoreSaid && html`<p>O que se disse antes disso não está na lista; a página de cada palavra diz o que vale para ela.</p>`}
  <p><a href="${`/codigos/${state}`}">Códigos de ${state}</a></p>`;
}

function wordLink(state: string, column: string, word: string): Html {
  return html`<a href="${`/codigos/${state}/${column}?palavra=${encodeURIComponent(word)}`}">${shownWord(word)}</a>`;
}

/** What is longer is no word of a list. */
const longest = 80;

export function shownWord(word: string): string {
  const characters = Array.from(word);
  return characters.length <= longest ? word : `${characters.slice(0, longest).join('')}…`;
}
