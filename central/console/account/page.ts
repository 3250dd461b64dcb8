import { writtenDay, zone } from '../../../shared/day.ts';
import { most } from '../../base/access-layer/most.ts';
import { standingOf } from '../../base/access-layer/role-standing.ts';
import type { HeldRole } from '../../base/access-layer/roles.ts';
import type { ListedSession, SessionFacts } from '../../base/access-layer/sessions.ts';
import type { OwnTie } from '../../base/access-layer/ties.ts';
import { termWords } from '../access/role-term.ts';
import { isRole, roles as known } from '../access/roles.ts';
import { radioFields } from '../html/choices.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { browserName } from './browser-name.ts';
import { recentMinutes } from './confirm.ts';

export interface AccountPage {
  readonly session: SessionFacts;
  readonly roles: readonly HeldRole[];
  readonly ties: readonly OwnTie[];
  readonly sessions: readonly ListedSession[];
  readonly hasPassword: boolean;
  readonly now: Date;
  readonly token: string;
  /** What came of what they did. */
  readonly done?: string | null;
  readonly fault?: string | null;
}

export function accountPage(page: AccountPage): Html {
  const { session, roles, ties, hasPassword, now, done = null } = page;
  const { name, cpf } = session.person;
  return html`<h1>Minha conta</h1>
    ${done !== null && notice('success', done)}
    ${facts([
      ['Nome', name],
      ['CPF', cpf.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4')],
    ])}
    <ul>
      ${hasPassword && html`<li><a href="/senha">Trocar a senha</a></li>`}
      <li><a href="/segundo-fator/meus">Segundo fator</a></li>
      <li><a href="/conta/pedidos">Meus pedidos de acesso</a></li>
      <li><a href="/conta/consultas">O que eu consultei</a></li>
      ${session.places.length > 1 && html`<li><a href="/orgao">Trocar de órgão</a></li>`}
    </ul>
    ${rolesTable(roles, now)}
    ${ties.length > 0 && tiesTable(ties)}
    <h2>Sessões</h2>
    ${sessionsPart(page)}`;
}

function rolesTable(roles: readonly HeldRole[], now: Date): Html {
  return table({
    caption: 'Papéis',
    columns: [{ label: 'Papel' }, { label: 'Órgão' }, { label: 'Vale' }],
    rows: roles.map((held) => [
      isRole(held.role) ? known[held.role].name : held.role,
      held.bodyShort,
      term(held, now),
    ]),
    empty: 'Você não tem papel em nenhum órgão.',
  });
}

function tiesTable(ties: readonly OwnTie[]): Html {
  return table({
    caption: 'Estruturas em que trabalho',
    columns: [{ label: 'Estrutura' }, { label: 'Órgão' }, { label: 'Quando' }],
    rows: ties.map(({ structureName, bodyShort, since, until }) => [
      ...[structureName, bodyShort],
      until === null ? `desde ${writtenDay(since)}` : `de ${writtenDay(since)} a ${writtenDay(until)}`,
    ]),
    empty: '',
  });
}

function term(held: HeldRole, now: Date): Shown {
  const words = termWords(held, now);
  const standing = standingOf(held, now);
  if (standing !== 'due' && standing !== 'lapsed') return words;
  return html`${words}. Procure o Cadastrador Autorizador do seu órgão.`;
}

function sessionsPart({ session, sessions, hasPassword, token, fault = null }: AccountPage): Html {
  const others = sessions.filter(({ id }) => id !== session.id);
  return html`<p>Pode haver ${most.sessions.value} sessões abertas ao mesmo tempo. Quem entra mais uma vez encerra a que está sem uso há mais tempo.</p>
  <ul>${sessions.map(
    (one) =>
      html`<li>${described(one)}${one.id === session.id && html` <strong>Esta em que você está.</strong>`}</li>`,
  )}</ul>
  ${
    others.length > 0 &&
    html`<h3>Encerrar sessões</h3>
    ${fault !== null && !hasPassword && notice('danger', fault)}
    ${!hasPassword && html`<p>Para encerrar sessões é preciso ter entrado há menos de ${recentMinutes} minutos.</p>`}
    ${form({
      action: '/conta/encerrar',
      token,
      children: [
        radioFields({
          ...{ name: 'sessao', label: 'Qual?', value: 'outras' },
          choices: [
            { value: 'outras', label: 'Todas as outras' },
            ...others.map((one) => ({ value: one.id, label: described(one) })),
          ],
        }),
        hasPassword &&
          textField({
            ...{ name: 'senha', label: 'Sua senha', type: 'password', maxLength: 400 },
            ...{ autocomplete: 'current-password', isRequired: true },
            ...{ help: 'Para que ninguém encerre as suas sessões por você.', fault },
          }),
      ],
      submit: 'Encerrar',
    })}`
  }`;
}

const means = { senha: 'com senha', govbr: 'com gov.br' } as const;

function described({ browser, address, began, used, means: by }: ListedSession): string {
  return `${browserName(browser)}, de ${address}, ${means[by]}. Entrou em ${moment(began)}; usada em ${moment(used)}.`;
}

function moment(instant: string): string {
  return new Date(instant).toLocaleString('pt-BR', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
}
