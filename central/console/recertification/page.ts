import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { DueRole } from '../../base/access-layer/recertification.ts';
import { peopleNeeded, roleName } from '../access/roles.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts, pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { longestWords } from '../purpose/reason.ts';

/** The roles that are to be looked at anew. @param done what came of what they did */
export function duePage(
  roles: readonly DueRole[],
  around: Parameters<typeof pages>[0],
  { now, done }: { readonly now: Date; readonly done: string | null },
): Html {
  return html`<h1>Recertificação</h1>
    ${done !== null && notice('success', done)}
    <p>Cada papel vale por seis meses desde que foi dado ou recertificado. Sem recertificação, deixa de valer nesse dia. Ninguém recertifica o próprio papel.</p>
    ${table({
      caption: 'Papéis a recertificar',
      columns: [
        { label: 'Pessoa' },
        { label: 'Órgão' },
        { label: 'Papel' },
        { label: 'Recertificar até' },
        { label: 'Situação' },
      ],
      rows: roles.map((one) => [
        html`<a href="${`/recertificacao/${one.id}`}">${one.person.name}</a>`,
        one.body.short,
        roleName(one.role),
        isOver(one, now)
          ? html`<strong>Deixou de valer em ${writtenDay(one.recertifyBy)}</strong>`
          : writtenDay(one.recertifyBy),
        situation(one),
      ]),
      empty: 'Nenhum papel precisa de recertificação nos próximos 30 dias.',
    })}
    ${pages(around)}`;
}

function situation(one: DueRole): string {
  const left = peopleNeeded(one.role) - one.words.length;
  if (left > 1) return 'Faltam duas pessoas';
  return one.words.length > 0 ? 'Falta outra pessoa' : 'Aguarda';
}

export interface DecisionForm {
  readonly typed?: { readonly decisao: string; readonly motivo: string };
  readonly faults?: { readonly decisao?: string; readonly motivo?: string };
  readonly formToken: string;
  /** Who looks. */
  readonly by: string;
}

export function dueRolePage(one: DueRole, asked: DecisionForm, now: Date): Html {
  return html`<h1>Recertificar o papel de ${one.person.name}</h1>
    ${isOver(one, now) && notice('warning', 'O papel já deixou de valer. Recertificado, vale de novo.')}
    ${facts([
      ['Órgão', one.body.short],
      ['Papel', roleName(one.role)],
      ['Desde', writtenDay(one.from)],
      ['Recertificar até', writtenDay(one.recertifyBy)],
      ['Prazo final do papel', writtenDay(one.until)],
      ...one.words.map(
        (word) => [`${word.name}, em ${writtenMoment(word.at)}`, `Recertificar: ${word.reason}`] as const,
      ),
    ])}
    ${decisionPart(one, asked)}`;
}

function decisionPart(one: DueRole, { typed, faults = {}, formToken, by }: DecisionForm): Html {
  if (one.person.id === by) {
    return notice('info', 'Ninguém recertifica o próprio papel: fica para outro Cadastrador Autorizador.');
  }
  const hasSaid = one.words.some((word) => word.by === by);
  return html`${faultSummary({ decisao: faults.decisao, motivo: faults.motivo })}
    ${
      peopleNeeded(one.role) > 1 &&
      notice(
        'info',
        hasSaid
          ? 'Você já recertificou. Falta outra pessoa, que não seja a dona do papel.'
          : 'Este papel precisa da recertificação de duas pessoas, e nenhuma delas pode ser a dona do papel. Onde não houver duas, a equipe da central recertifica.',
      )
    }
    ${form({
      action: `/recertificacao/${one.id}`,
      token: formToken,
      submit: 'Confirmar',
      children: html`${radioFields({
        ...{ name: 'decisao', label: 'Esta pessoa ainda precisa deste papel?' },
        choices: [
          ...(hasSaid ? [] : [{ value: 'recertificar', label: 'Sim: recertificar' }]),
          { value: 'encerrar', label: 'Não: encerrar o papel já' },
        ],
        ...{ value: typed?.decisao ?? '', fault: faults.decisao ?? null },
      })}
      ${textArea({
        ...{ name: 'motivo', label: 'Motivo', value: typed?.motivo ?? '', fault: faults.motivo ?? null },
        ...{ help: 'Em uma frase ou mais. Fica na auditoria.', maxLength: longestWords, isRequired: true },
      })}`,
    })}`;
}

function isOver({ recertifyBy }: DueRole, now: Date): boolean {
  return Date.parse(recertifyBy) <= now.getTime();
}
