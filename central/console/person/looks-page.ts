import { writtenInstant } from '../../../shared/day.ts';
import type { NamedEntry } from '../../base/access-layer/audit-search.ts';
import { bodyOf, doneWords, purposeWords } from '../audit/words.ts';
import { type Html, html } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import type { Place } from './parts.ts';

/** Who was shown this person, for auditors. */
export function looksPage(
  entries: readonly NamedEntry[],
  {
    name,
    place,
    first,
    next,
  }: {
    readonly name: string;
    readonly place: Place;
    readonly first: string | null;
    readonly next: string | null;
  },
): Html {
  return html`<h1>Quem consultou</h1>
    <p>A quem <a href="${place.path}">${name}</a> foi mostrada, em qualquer dos cadastros que o seu órgão vê. Esta consulta também fica registrada.</p>
    ${table({
      caption: 'As últimas primeiro',
      columns: [
        { label: 'Nº' },
        { label: 'Quando' },
        { label: 'Quem' },
        { label: 'Órgão' },
        { label: 'O quê' },
        { label: 'Finalidade' },
      ],
      rows: entries.map((entry) => {
        const body = bodyOf(entry);
        return [
          html`<a href="${`/auditoria/${entry.id}`}">${entry.id}</a>`,
          ...[
            writtenInstant(entry.at),
            entry.personName ?? body.who ?? '–',
            entry.bodyShort ?? '–',
            doneWords(body),
          ],
          html`${purposeWords(body.purpose) ?? '–'}${body.emergency === true && html` <strong>(emergência)</strong>`}`,
        ];
      }),
      empty: 'Ninguém consultou esta pessoa até agora.',
    })}
    ${pages({ first, next })}`;
}
