import { longest, rules } from '../access/new-password.ts';
import { form, postButton, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import type { ChangeFaults } from './change.ts';

export interface ChangePage {
  readonly token: string;
  /** Of a temporary one, which was shown just now. */
  readonly isForced: boolean;
  readonly page: string;
  readonly faults?: ChangeFaults;
}

export function changePage({ token, isForced, page, faults = {} }: ChangePage): Html {
  // A character may be of two units, and is sent as it was typed: what is longer is told, not cut off.
  const field = { type: 'password', isRequired: true, maxLength: 4 * longest } as const;
  return html`<h1>${isForced ? 'Escolha a sua senha' : 'Trocar a senha'}</h1>
    ${isForced && html`<p>Você entrou com uma senha provisória. Escolha agora a sua, que só você conhece.</p>`}
    ${form({
      action: '/senha',
      token,
      children: [
        html`<input type="hidden" name="depois" value="${page}">`,
        !isForced &&
          textField({
            ...{
              ...field,
              name: 'atual',
              label: 'Senha atual',
              autocomplete: 'current-password',
              isFirst: true,
            },
            fault: faults.current ?? null,
          }),
        textField({
          ...{ ...field, name: 'nova', label: 'Senha nova', autocomplete: 'new-password', help: rules },
          ...{ fault: faults.chosen ?? null, isFirst: isForced },
        }),
        textField({
          ...{ ...field, name: 'repetida', label: 'Senha nova, outra vez', autocomplete: 'new-password' },
          fault: faults.repeated ?? null,
        }),
      ],
      submit: 'Trocar a senha',
    })}
    <p>As suas outras sessões terminam quando a senha é trocada.</p>
    ${isForced && postButton({ action: '/sair', token, label: 'Sair' })}`;
}
