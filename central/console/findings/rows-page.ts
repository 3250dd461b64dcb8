import { count } from '../../../shared/count-format.ts';
import { writtenDay } from '../../../shared/day.ts';
import type { FindingOnPage } from '../../base/national-layer/findings-seen.ts';
import { keyText } from '../../words/mask.ts';
import { itemText, type ToldRule } from '../../words/rule-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { ruleHead } from './page.ts';

/** Lines of a file that a page gives; central's own command gives all. */
export const mostLines = 20_000;

interface RowsPage {
  readonly state: string;
  readonly view: string;
  readonly told: ToldRule;
  readonly findings: readonly FindingOnPage[];
  readonly case: number;
  readonly first: string | null;
  readonly next: string | null;
}

/** The rows in which a rule found something, by the begin of their key; who may know more opens the person. */
export function rowsPage({ state, view, told, findings, case: number, first, next }: RowsPage): Html {
  const isShared = findings.some(({ beside }) => beside.length > 0);
  return html`${ruleHead(state, view, told)}
  <h2>Linhas</h2>
  ${table({
    caption: 'Achados abertos, na ordem das chaves; de cada chave, só o começo',
    columns: [
      ...[{ label: 'Linha' }, { label: 'Em quê' }, { label: 'Desde' }],
      ...(isShared ? [{ label: 'Com' }] : []),
      { label: 'De quem' },
    ],
    rows: findings.map(({ id, item, since, beside, register }) => [
      keyText([id], false),
      itemText(view, item, false) || '–',
      writtenDay(since),
      ...(isShared
        ? [beside.map((other) => `${other.source} ${keyText([other.id], false)}`).join(', ') || '–']
        : []),
      register === null ? '–' : html`<a href="${`/caso/${number}/pessoa/${register}`}">Abrir a pessoa</a>`,
    ]),
    empty: 'Nenhum achado aberto entre as linhas que o acordo do seu órgão mostra.',
  })}
  ${pages({ first, next })}
  <p><a class="br-button secondary" href="${`/caso/${number}/achados/${state}`}">Baixar os achados de ${state} (CSV)</a></p>
  <p class="discreto">O arquivo tem todas as regras, com o começo das chaves e dos valores, e no máximo ${count.format(mostLines)} linhas. A central exporta para o estado o arquivo completo.</p>
  ${rulePath(state, view, told)}`;
}

/** What is found by what somebody does not see is not told to them. */
export function unseenPage({
  state,
  view,
  told,
  unseen,
}: Pick<RowsPage, 'state' | 'view' | 'told'> & { readonly unseen: readonly string[] }): Html {
  return html`${ruleHead(state, view, told)}
  ${notice(
    'info',
    `As linhas não são mostradas: a regra olha o que o acordo do seu órgão não mostra (${[...new Set(unseen)].join(', ')}).`,
  )}
  ${rulePath(state, view, told)}`;
}

function rulePath(state: string, view: string, { code }: ToldRule): Html {
  return html`<p><a href="${`/achados/${state}/${view}/${code}`}">${code} ao longo do tempo</a></p>`;
}
