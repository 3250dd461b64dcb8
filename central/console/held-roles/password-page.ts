import { writtenMoment } from '../../../shared/day.ts';
import { temporaryHours } from '../access/temporary-password.ts';
import { textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { maskedEmail } from '../pre-registration/own-page.ts';
import { longestWords } from '../purpose/reason.ts';
import type { Reset } from './reset.ts';

export interface PasswordForm {
  /** The role on whose page it is. */
  readonly role: string;
  readonly token: string;
  readonly typed?: string;
  readonly fault?: string | null;
}

/** How whoever forgot their password is given another. */
export function passwordPart(reset: Reset, asked: PasswordForm): Html {
  return html`<h2>Senha esquecida</h2>
    ${reset.kind === 'open' ? openPart(reset.email, asked) : notice('info', closedWords(reset))}`;
}

function openPart(email: string, { role, token, typed = '', fault = null }: PasswordForm): Html {
  return html`<p>Uma senha provisória vai para <strong>${maskedEmail(email)}</strong>, o e-mail da conta, e vale ${temporaryHours} horas. A senha de antes deixa de valer e as sessões da pessoa são encerradas. Os segundos fatores ficam.</p>
    <p>Antes, confirme quem é, pessoalmente ou por um telefone que você já tinha.</p>
    ${faultSummary({ como: fault })}
    ${form({
      ...{ action: `/papeis/${role}/senha`, token, submit: 'Enviar senha provisória' },
      children: textArea({
        ...{ name: 'como', label: 'Como você reconheceu a pessoa', value: typed, fault, isRequired: true },
        ...{ help: 'Em uma frase ou mais. Fica na auditoria.', maxLength: longestWords },
      }),
    })}`;
}

function closedWords(reset: Exclude<Reset, { readonly kind: 'open' }>): Html {
  switch (reset.kind) {
    case 'of-central':
      return html`A pessoa também tem papel no órgão central: a senha é pedida por um Cadastrador Autorizador de lá.`;
    case 'blocked':
      return html`A conta está bloqueada, e não recebe senha. Veja por quê em <a href="/bloqueadas">Contas bloqueadas</a>.`;
    case 'no-email':
      return html`A conta não tem e-mail. Peça à equipe da central, que dá uma senha provisória pelo terminal, com <code>guarita-central access password</code>.`;
    case 'no-password':
      return html`A conta não tem senha: a pessoa entra pelo gov.br, ou com a senha provisória do pedido dela.`;
    case 'sent':
      return html`Uma senha provisória já foi pedida para esta pessoa. Outra pode ser pedida a partir de ${writtenMoment(reset.next)}. Se não chegou, peça à equipe da central.`;
  }
}
