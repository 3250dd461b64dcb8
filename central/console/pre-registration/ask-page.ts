import { faultSummary } from '../html/faults.ts';
import { type Choice, form, notice, selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { linkHours, mostLinks } from './limits.ts';

export interface AskPage {
  readonly token: string;
  /** Bodies in which one can ask for access. */
  readonly bodies: readonly Choice[];
  readonly email?: string;
  readonly body?: string;
  readonly faults?: { readonly email?: string; readonly orgao?: string };
  readonly told?: Html | null;
  /** This browser remembers a request. */
  readonly hasOwn: boolean;
}

export function askPage({
  token,
  bodies,
  email = '',
  body,
  faults = {},
  told = null,
  hasOwn,
}: AskPage): Html {
  return html`<h1>Pedir acesso</h1>
    ${told}
    ${hasOwn && html`<p><a href="/pedido/meu">Ver o meu pedido</a></p>`}
    <ol>
      <li>Você informa o seu e-mail e o confirma por um link.</li>
      <li>Você preenche o formulário: órgão, papel e motivo.</li>
      <li>A autoridade do seu órgão autoriza por escrito.</li>
      <li>Um Cadastrador Autorizador aprova, e você recebe como entrar.</li>
    </ol>
    ${
      bodies.length === 0
        ? notice('info', 'Nenhum órgão recebe pedidos hoje. Procure a equipe que cuida da central.')
        : html`${faultSummary(faults)}
    ${form({
      action: '/pedido',
      token,
      children: [
        textField({
          ...{ name: 'email', label: 'E-mail de trabalho', type: 'email', inputMode: 'email', value: email },
          ...{ autocomplete: 'email', maxLength: 300, isRequired: true, fault: faults.email ?? null },
          help: 'Serve também para receber outro link de um pedido já feito.',
        }),
        selectField({
          ...{ name: 'orgao', label: 'Órgão', choices: [{ value: '', label: 'Escolha' }, ...bodies] },
          ...{ value: body ?? '', fault: faults.orgao ?? null },
        }),
      ],
      submit: 'Enviar o link',
    })}`
    }`;
}

/** The same, whoever has this address. */
export function askedPage(): Html {
  return html`<h1>Confira o seu e-mail</h1>
    ${notice('success', `Enviamos um link ao endereço informado. Ele vale ${linkHours} horas e serve uma vez.`)}
    <p>Não chegou em alguns minutos? Veja na caixa de lixo eletrônico e confira se o endereço está certo. Para receber outro link, <a href="/pedido">informe o e-mail de novo</a>: são enviados até ${mostLinks} por dia.</p>`;
}
