import { writtenMoment } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import type { ChangeFacts, StoredChange } from '../../base/access-layer/structure-history.ts';
import { type Html, html } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { bodyHead, bodyPath } from './parts.ts';

/** What was done to a body, its structures and collections, the latest first. */
export function historyPage(
  body: Body,
  changes: readonly StoredChange[],
  { first, next }: { readonly first: string | null; readonly next: string | null },
): Html {
  return html`${bodyHead(body, 'O que mudou neste órgão')}
  <p>Do órgão, das estruturas e das coleções. Nada daqui se muda nem se apaga.</p>
  ${historyTable(changes)}
  ${pages({ first, next })}
  <p><a href="${bodyPath(body)}">Voltar ao órgão</a></p>`;
}

export function historyTable(changes: readonly StoredChange[]): Html {
  return table({
    caption: 'As últimas mudanças primeiro',
    columns: [
      ...[{ label: 'Quando' }, { label: 'O quê' }, { label: 'De' }, { label: 'Para' }],
      ...[{ label: 'Quem' }, { label: 'Motivo' }],
    ],
    rows: changes.map(({ at, by, what, structureName, collectionName, from, to, reason }) => [
      writtenMoment(at),
      whatWords(what, structureName, collectionName),
      ...[factsWords(what, from), factsWords(what, to), by ?? 'na central', reason ?? '–'],
    ]),
    empty: 'Nada mudou ainda.',
  });
}

/** As it is called today: what it was called then is in what changed. */
function whatWords(what: string, structure: string | null, collection: string | null): string {
  const name = structure ?? '';
  switch (what) {
    case 'body-renamed':
      return 'Órgão renomeado';
    case 'body-ended':
      return 'Órgão encerrado';
    case 'body-authority':
      return 'Autoridade do órgão registrada';
    case 'created':
      return `${name}: criada`;
    case 'renamed':
      return `${name}: renomeada`;
    case 'moved':
      return `${name}: movida`;
    case 'merged':
      return `${name}: unida a outra`;
    case 'closed':
      return `${name}: encerrada`;
    case 'collection-created':
      return `Coleção ${collection}: criada`;
    case 'collection-added':
      return `Coleção ${collection}: entrou ${name}`;
    case 'collection-removed':
      return `Coleção ${collection}: saiu ${name}`;
    case 'collection-closed':
      return `Coleção ${collection}: encerrada`;
    default:
      return what;
  }
}

function factsWords(what: string, facts: ChangeFacts | null): string {
  if (facts === null) return '–';
  const { name, short, intoName, aboveName } = facts;
  if (intoName !== undefined) return intoName;
  const said = [short, name].filter((one) => one !== undefined);
  if (what === 'moved' || (what === 'created' && aboveName !== undefined && aboveName !== null)) {
    said.push(aboveName === null || aboveName === undefined ? 'no alto da árvore' : `abaixo de ${aboveName}`);
  }
  return said.length === 0 ? '–' : said.join(', ');
}
