import Type from 'typebox';
import { writtenInstant } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { termsState } from '../../../shared/journal/salted-terms.ts';
import { auditEntry, type NamedEntry } from '../../base/access-layer/audit-search.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { route } from '../route.ts';
import { termsPart } from './entry-parts.ts';
import { bodyOf, countWords, doneWords, purposeWords } from './words.ts';

/** One entry with all that was written down of it. */
export const auditEntryRoute = route({
  ...{ method: 'GET', path: '/auditoria/:numero', who: 'member', roles: ['auditor'] },
  params: Type.Object({ numero: Type.String({ pattern: '^[1-9][0-9]{0,15}$' }) }),
  async answer({ base, params }) {
    const number = Number(params.numero);
    const entry = await base.snapshot((questions) => auditEntry(questions, number), { use: 'pages' });
    if (entry === null) throw new GuaritaError('page-unknown');
    return {
      title: `Registro ${number}`,
      look: { terms: { entry: number }, found: 1, shown: [] },
      event: { event: 'audit-entry-opened' },
      main: entryPage(entry),
    };
  },
});

function entryPage(entry: NamedEntry): Html {
  const body = bodyOf(entry);
  return html`<h1>Registro ${entry.id}</h1>
    ${facts([
      ['Quando', writtenInstant(entry.at)],
      ['Quem', entry.personName ?? body.who ?? 'ninguém identificado'],
      ['Órgão', entry.bodyShort ?? '–'],
      ['O quê', doneWords(body)],
      ['Finalidade', html`${purposeWords(body.purpose) ?? '–'}${body.emergency === true && ' (emergência)'}`],
      ['Resultado', countWords(body) ?? '–'],
      ['Endereço', body.from ?? '–'],
      ['Sessão', body.session ?? '–'],
      ['Página', typeof body.route === 'string' ? html`<code>${body.route}</code>` : '–'],
    ])}
    <h2>O que foi procurado</h2>
    ${termsOf(entry)}
    <h2>Tudo o que foi escrito</h2>
    <pre class="escrito">${JSON.stringify(JSON.parse(entry.body), null, 2)}</pre>
    <p>Resumo encadeado: <code>${entry.hash}</code></p>
    <p><a href="/auditoria">Voltar à auditoria</a></p>`;
}

function termsOf(entry: NamedEntry): Html {
  const state = termsState(entry);
  if (state === 'none') return html`<p>Nada foi procurado.</p>`;
  if (state === 'absent')
    return html`<p>Apagado para cumprir ordem judicial de esquecimento. O registro continua válido sem isso.</p>`;
  const shown = entry.terms === null ? null : termsPart(entry.terms);
  return state === 'sound'
    ? html`${shown}`
    : html`${notice('danger', 'Não é o que foi escrito: alguém trocou. Avise a equipe que cuida da central.')}${shown}`;
}
