import { writtenDay } from '../../../shared/day.ts';
import type { BodyRole } from '../../base/access-layer/roles.ts';
import { termWords } from '../access/role-term.ts';
import { roleName } from '../access/roles.ts';
import { textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, selectField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { maskedCpf } from '../pre-registration/own-page.ts';
import { longestWords } from '../purpose/reason.ts';

export interface RolesPage {
  readonly bodies: readonly { readonly id: string; readonly short: string; readonly name: string }[];
  /** Of which the roles are shown. */
  readonly body: string;
  readonly roles: readonly BodyRole[];
  readonly now: Date;
  readonly done: string | null;
}

export function rolesPage({ bodies, body, roles, now, done }: RolesPage): Html {
  const here = bodies.find(({ id }) => id === body);
  return html`<h1>Papéis dados</h1>
    ${done !== null && notice('success', done)}
    <form class="formulario" method="get" action="/papeis">
      ${selectField({
        ...{ name: 'orgao', label: 'Órgão', value: body },
        choices: bodies.map(({ id, short, name }) => ({ value: id, label: `${short} · ${name}` })),
      })}
      <p class="botoes"><button class="br-button secondary" type="submit">Mostrar</button></p>
    </form>
    ${table({
      caption: here === undefined ? 'Papéis dados' : `Papéis dados em ${here.short}`,
      columns: [{ label: 'Quem' }, { label: 'CPF' }, { label: 'Papel' }, { label: 'Vale' }],
      rows: roles.map((held) => [
        html`<a href="${`/papeis/${held.id}`}">${held.person.name}</a>`,
        ...[maskedCpf(held.person.cpf), roleName(held.role), termWords(held, now)],
      ]),
      empty: 'Ninguém tem papel neste órgão.',
    })}
    <p><a href="/pedidos">Pedidos de acesso</a></p>`;
}

export interface EndForm {
  /** Null: it is not for who looks to end it. */
  readonly token: string | null;
  readonly typed?: string;
  readonly fault?: string;
}

/** @param password of whoever forgot theirs; null where it is not for who looks */
export function rolePage(
  role: BodyRole,
  { token, typed = '', fault }: EndForm,
  {
    password,
    now,
    done = null,
  }: { readonly password: Html | null; readonly now: Date; readonly done?: string | null },
): Html {
  return html`<h1>Papel de ${role.person.name}</h1>
    ${done !== null && notice('success', done)}
    ${facts([
      ['CPF', maskedCpf(role.person.cpf)],
      ['Papel', roleName(role.role)],
      ['Órgão', role.bodyShort],
      ['Dado em', writtenDay(role.from)],
      ['Vale', termWords(role, now)],
    ])}
    <h2>Encerrar</h2>
    ${
      token === null
        ? notice('info', 'O papel é seu: outro Cadastrador Autorizador o encerra.')
        : html`<p>O próximo clique desta pessoa neste papel já é recusado.</p>
    ${faultSummary({ motivo: fault })}
    ${form({
      ...{ action: `/papeis/${role.id}`, token, submit: 'Encerrar o papel' },
      children: textArea({
        ...{ name: 'motivo', label: 'Motivo', value: typed, fault: fault ?? null, isRequired: true },
        maxLength: longestWords,
      }),
    })}`
    }
    ${password}`;
}
