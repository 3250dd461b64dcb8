import { writtenDay, writtenInstant } from '../../../shared/day.ts';
import type { JournalHead } from '../../../shared/journal/entry.ts';
import type { NamedEntry } from '../../base/access-layer/audit-search.ts';
import { purposes } from '../access/purposes.ts';
import { faultSummary } from '../html/faults.ts';
import { form, selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { opened, pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import type { SearchForm } from './filter.ts';
import { bodyOf, countWords, doneWords, eventWords, purposeWords } from './words.ts';

export interface ListPage {
  readonly entries: readonly NamedEntry[];
  /** What was asked for, as the form has it, and what was wrong with it. */
  readonly asked: SearchForm;
  readonly faults: Readonly<Partial<Record<keyof SearchForm, string>>>;
  readonly events: readonly string[];
  readonly head: JournalHead | null;
  readonly first: string | null;
  readonly next: string | null;
  readonly formToken: string;
}

export function listPage(page: ListPage): Html {
  const { entries, head, first, next, asked, faults } = page;
  const isAsked = Object.values({ ...asked, ...faults }).some((value) => value !== '');
  return html`<h1>Auditoria</h1>
    <p>O que foi consultado e feito no sistema, por quem e por quê. Esta consulta também fica registrada.</p>
    <p>${
      head === null
        ? 'Nenhum registro está assinado ainda.'
        : `A central assinou até o registro ${head.id}, de ${writtenDay(`${head.day}T12:00:00Z`)}.`
    } <a href="/auditoria/cadeia">Conferir a cadeia</a></p>
    ${faultSummary(faults)}
    ${opened('Procurar', searchFields(page), isAsked)}
    ${table({
      caption: 'Registros, os últimos primeiro',
      columns: [
        ...[{ label: 'Nº' }, { label: 'Quando' }, { label: 'Quem' }, { label: 'Órgão' }],
        ...[{ label: 'O quê' }, { label: 'Finalidade' }, { label: 'Resultado' }],
      ],
      rows: entries.map((entry) => {
        const body = bodyOf(entry);
        return [
          html`<a href="${`/auditoria/${entry.id}`}">${entry.id}</a>`,
          writtenInstant(entry.at),
          entry.personName ?? body.who ?? '–',
          entry.bodyShort ?? '–',
          doneWords(body),
          html`${purposeWords(body.purpose) ?? '–'}${body.emergency === true && html` <strong>(emergência)</strong>`}`,
          countWords(body) ?? '–',
        ];
      }),
      empty: 'Nenhum registro corresponde ao que foi procurado.',
    })}
    ${pages({ first, next })}`;
}

function searchFields({ asked, faults, events, formToken }: ListPage): Html {
  const field = (name: keyof SearchForm) => ({ name, value: asked[name] ?? '', fault: faults[name] ?? null });
  const any = { value: '', label: 'Qualquer' };
  return form({
    ...{ action: '/auditoria', token: formToken, submit: 'Procurar' },
    children: html`
      ${textField({ ...field('dia'), label: 'Dia', help: 'Por exemplo 29/05/2026.', inputMode: 'numeric' })}
      ${textField({ ...field('cpf'), label: 'CPF de quem consultou', inputMode: 'numeric', maxLength: 20 })}
      ${textField({ ...field('orgao'), label: 'Sigla do órgão' })}
      ${selectField({
        ...field('evento'),
        label: 'O que fez',
        choices: [any, ...events.map((value) => ({ value, label: eventWords(value) }))],
      })}
      ${selectField({
        ...field('finalidade'),
        label: 'Finalidade',
        choices: [any, ...Object.entries(purposes).map(([value, { name }]) => ({ value, label: name }))],
      })}
      ${textField({ ...field('registro'), label: 'Registro que foi mostrado', help: 'O identificador do registro.' })}`,
  });
}
