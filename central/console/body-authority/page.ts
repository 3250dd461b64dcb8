import { writtenDay } from '../../../shared/day.ts';
import type { BodyWithAuthority } from '../../base/access-layer/authorities.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { maskedCpf } from '../pre-registration/own-page.ts';

export function authoritiesPage(bodies: readonly BodyWithAuthority[], isDone: boolean): Html {
  return html`<h1>Autoridades dos órgãos</h1>
    ${isDone && notice('success', 'A autoridade foi registrada. Os pedidos que esperam por ela vão ao novo endereço.')}
    <p>A autoridade autoriza por escrito quem pede acesso no órgão. Sem ela, o órgão não recebe pedidos.</p>
    ${table({
      caption: 'Órgãos',
      columns: [{ label: 'Órgão' }, { label: 'Autoridade' }, { label: 'Cargo' }, { label: 'Desde' }],
      rows: bodies.map(({ id, short, authority }) => [
        html`<a href="${`/orgaos/${id}/autoridade`}">${short}</a>`,
        ...[authority?.name ?? 'Nenhuma', authority?.office ?? ''],
        authority === null ? '' : writtenDay(authority.since),
      ]),
      empty: 'Nenhum órgão.',
    })}`;
}

export interface TypedAuthority {
  readonly nome: string;
  readonly cargo: string;
  readonly email: string;
  readonly cpf: string;
}

export interface AuthorityFormPage {
  readonly body: BodyWithAuthority;
  readonly token: string;
  readonly typed: TypedAuthority;
  readonly faults?: Readonly<Partial<Record<keyof TypedAuthority, string>>>;
}

export function authorityFormPage({ body, token, typed, faults = {} }: AuthorityFormPage): Html {
  const field = (name: keyof TypedAuthority) => ({
    ...{ name, value: typed[name], fault: faults[name] ?? null, isRequired: true },
  });
  const { authority } = body;
  return html`<h1>Autoridade de ${body.short}</h1>
    ${
      authority === null
        ? html`<p>O órgão não tem autoridade registrada.</p>`
        : facts([
            ['Nome', authority.name],
            ['Cargo', authority.office],
            ['E-mail', authority.email],
            ['CPF', maskedCpf(authority.cpf)],
            ['Desde', writtenDay(authority.since)],
          ])
    }
    <h2>${authority === null ? 'Registrar' : 'Registrar outra'}</h2>
    ${faultSummary(faults)}
    ${form({
      ...{ action: `/orgaos/${body.id}/autoridade`, token, submit: 'Registrar' },
      children: [
        textField({ ...field('nome'), label: 'Nome completo' }),
        textField({ ...field('cargo'), label: 'Cargo' }),
        textField({
          ...{ ...field('email'), label: 'E-mail de trabalho', type: 'email', inputMode: 'email' },
          help: 'Recebe os links. Quem os abre decide: deve ser só desta pessoa.',
          maxLength: 300,
        }),
        textField({
          ...{ ...field('cpf'), label: 'CPF', inputMode: 'numeric', maxLength: 30 },
          help: 'Para que ninguém autorize o próprio pedido.',
        }),
      ],
    })}`;
}
