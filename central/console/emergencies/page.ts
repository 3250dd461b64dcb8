import { writtenMoment } from '../../../shared/day.ts';
import type { Emergency, LookedAt } from '../../base/access-layer/emergencies.ts';
import { termsLine } from '../audit/entry-parts.ts';
import { bodyOf, eventWords, pageWords, problemWords } from '../audit/words.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { purposeName } from '../purpose/choice-page.ts';
import { longestWords } from '../purpose/reason.ts';

/** What waits for its review, overdue first; then what was reviewed. */
export function emergenciesPage(
  waiting: readonly Emergency[],
  reviewed: readonly Emergency[],
  now: Date,
): Html {
  return html`<h1>Emergências</h1>
    <p>Consultas feitas em emergências declaradas. Cada uma é revista uma vez, por um auditor que não seja quem a declarou.</p>
    ${table({
      caption: 'Aguardam revisão',
      columns: [
        { label: 'Quem' },
        { label: 'Declarada em' },
        { label: 'Rever até' },
        { label: 'Finalidade' },
      ],
      rows: waiting.map((one) => [
        html`<a href="${`/emergencias/${one.id}`}">${one.person.name}</a> (${one.bodyShort})`,
        writtenMoment(one.at),
        isOverdue(one, now)
          ? html`<strong>Vencida: ${writtenMoment(one.deadline)}</strong>`
          : writtenMoment(one.deadline),
        purposeName(one.purpose),
      ]),
      empty: 'Nenhuma emergência aguarda revisão.',
    })}
    ${
      reviewed.length > 0 &&
      table({
        caption: 'Últimas revistas',
        columns: [{ label: 'Quem' }, { label: 'Declarada em' }, { label: 'Revisão' }],
        rows: reviewed.map((one) => [
          html`<a href="${`/emergencias/${one.id}`}">${one.person.name}</a> (${one.bodyShort})`,
          writtenMoment(one.at),
          one.review !== null &&
            `${verdict(one.review.isJustified)}, por ${one.review.by}, em ${writtenMoment(one.review.at)}`,
        ]),
        empty: '',
      })
    }`;
}

export interface ReviewForm {
  readonly typed?: { readonly justificada: string; readonly parecer: string };
  readonly faults?: { readonly justificada?: string; readonly parecer?: string };
  /** Null: it is not for whoever looks to review it. */
  readonly formToken: string | null;
}

/** One of them: what was said, what was looked at in it, and what came of its review. */
export function emergencyPage(
  one: Emergency,
  looks: readonly LookedAt[],
  review: ReviewForm,
  now: Date,
): Html {
  return html`<h1>Emergência de ${one.person.name}</h1>
    ${one.review === null && isOverdue(one, now) && notice('danger', 'O prazo de revisão terminou.')}
    ${facts([
      ['Órgão', one.bodyShort],
      ['Motivo', one.reason],
      ['Finalidade', purposeName(one.purpose)],
      ['Número informado', one.reference],
      ['Declarada em', writtenMoment(one.at)],
      ['Rever até', writtenMoment(one.deadline)],
    ])}
    ${table({
      caption: 'O que foi consultado',
      columns: [
        { label: 'Quando' },
        { label: 'Página' },
        { label: 'O que foi pedido' },
        { label: 'Encontrados', isNumber: true },
      ],
      rows: looks.map((look) => {
        const { route, event, found, problem } = bodyOf(look);
        const page = typeof route === 'string' ? pageWords(route) : eventWords(event ?? '');
        const refused = typeof problem === 'string' ? ` (recusado: ${problemWords(problem)})` : '';
        return [
          writtenMoment(look.at),
          `${page}${refused}`,
          termsLine(look.terms, ['reference'], true),
          found ?? '',
        ];
      }),
      empty: 'Nada foi consultado nesta emergência.',
    })}
    <h2>Revisão</h2>
    ${reviewPart(one, review)}`;
}

function reviewPart({ id, review }: Emergency, { typed, faults = {}, formToken }: ReviewForm): Html {
  if (review !== null) {
    return facts([
      ['Conclusão', verdict(review.isJustified)],
      ['Parecer', review.words],
      ['Por', review.by],
      ['Em', writtenMoment(review.at)],
    ]);
  }
  if (formToken === null)
    return notice('info', 'Ninguém revê a própria emergência: fica para outro auditor.');
  return html`${faultSummary({ justificada: faults.justificada, parecer: faults.parecer })}
    ${form({
      action: `/emergencias/${id}`,
      token: formToken,
      submit: 'Concluir a revisão',
      children: html`${radioFields({
        ...{ name: 'justificada', label: 'A emergência se justificava?' },
        choices: [
          { value: 'sim', label: 'Sim' },
          { value: 'nao', label: 'Não' },
        ],
        ...{ value: typed?.justificada ?? '', fault: faults.justificada ?? null },
      })}
      ${textArea({
        ...{ name: 'parecer', label: 'Parecer', value: typed?.parecer ?? '', fault: faults.parecer ?? null },
        ...{
          help: 'Em uma frase ou mais. Não pode ser mudado depois.',
          maxLength: longestWords,
          isRequired: true,
        },
      })}`,
    })}`;
}

export function isOverdue({ deadline }: Pick<Emergency, 'deadline'>, now: Date): boolean {
  return Date.parse(deadline) <= now.getTime();
}

function verdict(isJustified: boolean): string {
  return isJustified ? 'Justificada' : 'Não justificada';
}
