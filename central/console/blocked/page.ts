import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { BlockedPerson } from '../../base/access-layer/blocked-people.ts';
import { roleName } from '../access/roles.ts';
import { textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts, pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { longestWords } from '../purpose/reason.ts';

/** Who is kept out. @param done what came of what they did */
export function blockedPage(
  people: readonly BlockedPerson[],
  around: Parameters<typeof pages>[0],
  done: string | null,
): Html {
  return html`<h1>Contas bloqueadas</h1>
    ${done !== null && notice('success', done)}
    <p>Uma conta é bloqueada por decisão da equipe da central, ou por 90 dias sem uso. Ninguém desbloqueia a própria conta.</p>
    ${table({
      caption: 'Contas bloqueadas',
      columns: [{ label: 'Pessoa' }, { label: 'Órgãos' }, { label: 'Desde' }, { label: 'Por quê' }],
      rows: people.map((one) => [
        html`<a href="${`/bloqueadas/${one.id}`}">${one.name}</a>`,
        [...new Set(one.roles.map(({ body }) => body))].join(', '),
        writtenDay(one.blocked.since),
        why(one),
      ]),
      empty: 'Nenhuma conta está bloqueada.',
    })}
    ${pages(around)}`;
}

function why({ blocked }: BlockedPerson): string {
  return blocked.why === 'idle' ? '90 dias sem uso' : 'Decisão da equipe da central';
}

export interface UnblockForm {
  readonly typed?: string;
  readonly fault?: string;
  readonly formToken: string;
}

export function blockedPersonPage(one: BlockedPerson, { typed = '', fault, formToken }: UnblockForm): Html {
  return html`<h1>Conta bloqueada de ${one.name}</h1>
    ${facts([
      ['Bloqueada desde', writtenMoment(one.blocked.since)],
      ['Por quê', one.reason ?? why(one)],
      ['Papéis', one.roles.map((held) => `${roleName(held.role)}, ${held.body}`).join('; ') || 'Nenhum hoje'],
    ])}
    <h2>Desbloquear</h2>
    ${faultSummary({ motivo: fault })}
    <p>Antes, confirme por telefone ou pessoalmente que a pessoa ainda trabalha no órgão e precisa do acesso.</p>
    ${form({
      action: `/bloqueadas/${one.id}`,
      token: formToken,
      submit: 'Desbloquear',
      children: [
        html`<input type="hidden" name="desde" value="${one.blocked.since}">`,
        textArea({
          ...{ name: 'motivo', label: 'Motivo', value: typed, fault: fault ?? null },
          ...{ help: 'Em uma frase ou mais. Fica na auditoria.', maxLength: longestWords, isRequired: true },
        }),
      ],
    })}`;
}
