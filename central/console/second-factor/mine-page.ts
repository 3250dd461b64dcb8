import { writtenDay } from '../../../shared/day.ts';
import type { Factor } from '../../base/access-layer/factors.ts';
import { form, notice, textField } from '../html/form.ts';
import { html } from '../html/html.ts';
import { table } from '../html/table.ts';
import type { PageAnswer } from '../route.ts';

const kinds = { totp: 'Aplicativo autenticador', webauthn: 'Chave de segurança' } as const;

/** What somebody has, each leading to what can be done with it. */
export function minePage(held: readonly Factor[]): PageAnswer {
  return {
    title: 'Meus segundos fatores',
    main: html`<h1>Meus segundos fatores</h1>
      ${table({
        caption: 'Os que você cadastrou',
        columns: [{ label: 'Nome' }, { label: 'Tipo' }, { label: 'Desde' }, { label: 'Último uso' }],
        rows: held.map(({ id, kind, name, since, used, blocked }) => [
          html`<a href="${`/segundo-fator/meus/${id}`}">${name}</a>${blocked !== null && ' (bloqueado)'}`,
          ...[kinds[kind], writtenDay(since), used === null ? 'nunca' : writtenDay(used)],
        ]),
        empty: 'Você não tem segundo fator.',
      })}
      ${held.length === 1 && notice('info', 'Cadastre mais um: se perder este, entra com o outro.')}
      <p><a class="br-button secondary" href="/segundo-fator/novo">Cadastrar segundo fator</a></p>`,
  };
}

/** One of them, to be renamed or removed. */
export function factorPage(
  { id, kind, name, since, used, blocked }: Factor,
  token: string,
  fault: 'name' | 'last' | null = null,
): PageAnswer {
  return {
    title: name,
    ...(fault !== null && { status: 422 }),
    main: html`<h1>${name}</h1>
      ${
        fault === 'last' &&
        notice(
          'danger',
          'Este é o seu único segundo fator, e o seu papel exige um. Cadastre outro antes de remover este.',
        )
      }
      ${
        blocked !== null &&
        notice(
          'warning',
          `Bloqueado em ${writtenDay(blocked)}, porque parece haver uma cópia desta chave. Remova-o e use outra.`,
        )
      }
      <p>${kinds[kind]}, desde ${writtenDay(since)}. Último uso: ${used === null ? 'nunca' : writtenDay(used)}.</p>
      <h2>Mudar o nome</h2>
      ${form({
        ...{ action: `/segundo-fator/meus/${id}/nome`, token, submit: 'Mudar o nome' },
        children: textField({
          ...{ name: 'nome', label: 'Nome', value: name, maxLength: 60, isRequired: true },
          fault: fault === 'name' ? 'Dê um nome.' : null,
        }),
      })}
      <h2>Remover</h2>
      <p>Depois de removido ele não serve mais para entrar, e as suas outras sessões são encerradas.</p>
      ${form({ action: `/segundo-fator/meus/${id}/remover`, token, children: null, submit: 'Remover' })}
      <p><a href="/segundo-fator/meus">Meus segundos fatores</a></p>`,
  };
}
