import { form, notice, textField } from '../html/form.ts';
import { html } from '../html/html.ts';
import type { PageAnswer } from '../route.ts';
import { keyForm, pageField } from './key-form.ts';
import type { KeyOptions } from './key-options.ts';
import { qrCode } from './qr-code.ts';
import { totpAddress, writtenSecret } from './totp.ts';

/** What was wrong with what was registered. */
export type RegisterFault = 'code' | 'late' | 'key' | 'known';

export interface RegisterPage {
  readonly token: string;
  readonly person: string;
  readonly secret: Uint8Array;
  /** To register a key; null where no key can be used here. */
  readonly options: KeyOptions | null;
  readonly isFirst: boolean;
  /** The page that they wanted, to which they go on. */
  readonly page: string;
  readonly fault?: RegisterFault;
  readonly name?: string;
}

const words: Readonly<Record<RegisterFault, string>> = {
  code: 'O código não confere. Espere o próximo código do aplicativo e digite-o. Se continuar, acerte o relógio do celular (data e hora automáticas).',
  late: 'Passou tempo demais desde que a página foi aberta. No aplicativo, apague a conta que acabou de criar e leia o código abaixo.',
  key: 'A chave não foi cadastrada. Tente de novo e confirme com o PIN ou a digital dela: uma chave sem PIN nem digital não serve.',
  known: 'Esta chave já está cadastrada. Use outra.',
};

export function registerPage(shown: RegisterPage): PageAnswer {
  const { token, person, secret, options, isFirst, page, fault, name = '' } = shown;
  return {
    title: 'Cadastrar segundo fator',
    ...(fault !== undefined && { status: 422 }),
    main: html`<h1>Cadastrar segundo fator</h1>
      ${fault !== undefined && notice('danger', words[fault])}
      <p>${isFirst && 'A sua conta ainda não tem segundo fator. '}Com ele, quem descobrir a sua senha não entra. Escolha uma das formas; depois, cadastre outra para o caso de perder a primeira.</p>
      <h2>Aplicativo autenticador</h2>
      <p>Serve em qualquer celular, também sem internet (por exemplo FreeOTP, Google Authenticator, Microsoft Authenticator).</p>
      <ol>
        <li>Abra o aplicativo no celular e escolha adicionar conta.</li>
        <li>Aponte a câmera para este código: <div>${qrCode(totpAddress(secret, person), 'Código QR com a chave do aplicativo; a mesma chave está escrita abaixo')}</div>
          ou digite esta chave: <code class="chave-totp">${writtenSecret(secret)}</code></li>
        <li>Digite o código de 6 dígitos que o aplicativo mostra.</li>
      </ol>
      ${form({
        ...{ action: '/segundo-fator/novo', token, submit: 'Cadastrar aplicativo' },
        children: [
          pageField(page),
          textField({
            ...{ name: 'codigo', label: 'Código de 6 dígitos', inputMode: 'numeric', maxLength: 20 },
            ...{ autocomplete: 'one-time-code', isRequired: true },
            fault: fault === 'code' ? 'O código não confere.' : null,
          }),
          nameField('nome', 'Nome do aplicativo', 'celular do trabalho', name),
        ],
      })}
      <h2>Chave de segurança</h2>
      ${
        options === null
          ? html`<p>Não está disponível neste endereço.</p>`
          : html`<p>Um aparelho USB ou por aproximação, ou o próprio computador (digital, rosto ou PIN).</p>
        ${keyForm({
          ...{ action: '/segundo-fator/novo/chave', token, options, does: 'create' },
          submit: 'Cadastrar chave',
          children: html`${pageField(page)}${nameField('nome-chave', 'Nome da chave', 'chave azul', name)}`,
        })}`
      }`,
  };
}

/** Who has none and signed in a while ago does so anew: a session that was left open registers nothing. */
export function signInAnewPage(token: string): PageAnswer {
  return {
    title: 'Cadastrar segundo fator',
    main: html`<h1>Cadastrar segundo fator</h1>
      ${notice('warning', 'Para cadastrar o primeiro segundo fator é preciso ter entrado há pouco. Saia e entre de novo.')}
      ${form({ action: '/sair', token, children: null, submit: 'Sair' })}`,
  };
}

const tooMany = {
  'at-once': 'Você já tem o número máximo de segundos fatores. Remova um que não usa mais.',
  today: 'Você cadastrou segundos fatores demais nas últimas 24 horas. Use um dos que tem, ou tente amanhã.',
} as const;

export function fullPage(why: keyof typeof tooMany): PageAnswer {
  return {
    title: 'Cadastrar segundo fator',
    main: html`<h1>Cadastrar segundo fator</h1>
      ${notice('warning', tooMany[why])}
      <p><a href="/segundo-fator/meus">Meus segundos fatores</a></p>`,
  };
}

/** The name by which its person tells it from others. */
function nameField(name: string, label: string, example: string, value: string) {
  return textField({
    ...{ name, label, value, maxLength: 60 },
    help: `Para reconhecer depois, por exemplo: ${example}.`,
  });
}
