import { blockedWords } from '../access/blocked-words.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import type { SignIn } from '../sign-in.ts';
import { writtenWait } from '../written-wait.ts';
import type { NotLetIn } from './sign-in.ts';

export interface EntryPage {
  readonly token: string;
  readonly signIn: SignIn;
  /** The page of this site to which they go on. */
  readonly page: string;
  readonly cpf?: string;
  readonly cpfFault?: string;
  /** What came of it, or why they are here. */
  readonly told?: Html | null;
}

export function entryPage({ token, signIn, page, cpf = '', cpfFault, told = null }: EntryPage): Html {
  const beside = page === '/' ? '' : `?para=${encodeURIComponent(page)}`;
  return html`<h1>Entrar</h1>
    ${told}
    ${
      signIn.loginUnico !== null &&
      html`<p><a class="br-button primary" href="${`/entrar/govbr${beside}`}">Entrar com gov.br</a></p>
      <h2>Ou com CPF e senha</h2>`
    }
    ${form({
      action: '/entrar',
      token,
      children: [
        html`<input type="hidden" name="para" value="${page}">`,
        textField({
          ...{
            name: 'cpf',
            label: 'CPF',
            value: cpf,
            fault: cpfFault ?? null,
            inputMode: 'numeric',
            maxLength: 30,
          },
          ...{
            autocomplete: 'username',
            help: 'Com ou sem pontos e traço.',
            isRequired: true,
            isFirst: true,
          },
        }),
        textField({
          ...{ name: 'senha', label: 'Senha', type: 'password', maxLength: 400 },
          ...{ autocomplete: 'current-password', isRequired: true },
        }),
      ],
      submit: 'Entrar',
    })}
    <p>Ainda não tem conta? <a href="/pedido">Peça acesso</a>.</p>
    <p>Esqueceu a senha? Peça uma senha provisória ao Cadastrador Autorizador do seu órgão.</p>`;
}

/** Why somebody was not let in. Of an account it tells nothing, but to who knows its password. */
export function refusal(outcome: NotLetIn): Html {
  switch (outcome.kind) {
    case 'waits':
      return notice(
        'warning',
        `Houve tentativas demais. Espere ${writtenWait(outcome.milliseconds)} e tente de novo.`,
      );
    case 'wrong':
      return notice('danger', 'CPF e senha não conferem. Confira os dois e tente de novo.');
    case 'blocked':
      return notice('danger', blockedWords(outcome.blocked));
    case 'expired':
      return notice(
        'danger',
        'A senha provisória venceu: ela vale 24 horas. Peça outra ao Cadastrador Autorizador do seu órgão.',
      );
    default:
      return outcome satisfies never;
  }
}
