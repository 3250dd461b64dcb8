import Type from 'typebox';
import { readDay, writtenInstant } from '../../../shared/day.ts';
import { type NamedEntry, searchAudit } from '../../base/access-layer/audit-search.ts';
import { textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { route } from '../route.ts';
import { termsLine } from './entry-parts.ts';
import { filterOf, isSaid, listPath } from './filter.ts';
import { bodyOf, countWords, doneWords, purposeWords } from './words.ts';

const path = '/conta/consultas';
const onPage = 50;

/** What somebody looked at and did themselves, by day. */
export const ownLooksRoute = route({
  ...{ method: 'GET', path, who: 'signed-in' },
  query: Type.Object({
    dia: Type.Optional(Type.String({ maxLength: 20 })),
    antes: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,15}$' })),
  }),
  async answer({ base, session, query: { dia, antes } }) {
    const isWrong = isSaid(dia) && readDay(dia) === null;
    const filter = { ...filterOf(dia === undefined ? {} : { dia }), person: session.person.id };
    const before = antes === undefined ? null : Number(antes);
    const found = isWrong
      ? []
      : await base.snapshot((questions) => searchAudit(questions, filter, { before, most: onPage + 1 }), {
          use: 'pages',
        });
    const entries = found.slice(0, onPage);
    const last = entries.at(-1)?.id;
    return {
      ...{ title: 'Minhas consultas', status: isWrong ? 422 : 200 },
      event: { event: 'own-looks-listed', found: entries.length },
      main: ownPage(entries, {
        dia: dia ?? '',
        fault: isWrong ? 'Escreva o dia como 29/05/2026.' : null,
        first: antes === undefined ? null : listPath(path, { dia }),
        next: found.length > onPage ? listPath(path, { dia, antes: String(last) }) : null,
      }),
    };
  },
});

interface OwnPage {
  readonly dia: string;
  readonly fault: string | null;
  readonly first: string | null;
  readonly next: string | null;
}

function ownPage(entries: readonly NamedEntry[], { dia, fault, first, next }: OwnPage): Html {
  return html`<h1>Minhas consultas</h1>
    <p>O que ficou registrado com o seu nome. Se algo aqui não foi você, troque a senha e avise o auditor do seu órgão.</p>
    <form class="formulario" method="get" action="${path}">
    ${textField({ name: 'dia', label: 'Dia', value: dia, fault, help: 'Por exemplo 29/05/2026.', inputMode: 'numeric' })}
    <p class="botoes"><button class="br-button secondary" type="submit">Mostrar</button></p></form>
    ${table({
      caption: 'As últimas primeiro',
      columns: [
        ...[{ label: 'Quando' }, { label: 'Órgão' }, { label: 'O que fiz' }, { label: 'Finalidade' }],
        ...[{ label: 'O que procurei' }, { label: 'Resultado' }],
      ],
      rows: entries.map((entry) => {
        const body = bodyOf(entry);
        return [
          ...[
            writtenInstant(entry.at),
            entry.bodyShort ?? '–',
            doneWords(body),
            purposeWords(body.purpose) ?? '–',
          ],
          ...[termsLine(entry.terms) || '–', countWords(body) ?? '–'],
        ];
      }),
      empty: 'Nada ficou registrado nesse dia.',
    })}
    ${pages({ first, next })}`;
}
