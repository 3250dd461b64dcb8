import type { Factor } from '../../base/access-layer/factors.ts';
import { form, notice, textField } from '../html/form.ts';
import { html } from '../html/html.ts';
import type { PageAnswer } from '../route.ts';
import { writtenWait } from '../written-wait.ts';
import { keyForm, pageField } from './key-form.ts';
import type { KeyOptions } from './key-options.ts';

/** What was wrong with what was shown, as its person reads it. */
export type AskFault =
  | { readonly kind: 'code' }
  | { readonly kind: 'key' }
  | { readonly kind: 'copied' }
  | { readonly kind: 'wait'; readonly milliseconds: number };

export interface AskPage {
  readonly token: string;
  readonly held: readonly Factor[];
  /** For the keys among them; null where there are none, or none can be used here. */
  readonly options: KeyOptions | null;
  /** The page that they wanted, to which they go on. */
  readonly page: string;
  readonly fault?: AskFault;
}

/** Asks for a second factor: whichever of those that somebody has. */
export function askPage({ token, held, options, page, fault }: AskPage): PageAnswer {
  const usable = held.filter(({ blocked }) => blocked === null);
  const hasTotp = usable.some(({ kind }) => kind === 'totp');
  const after = pageField(page);
  return {
    title: 'Segundo fator',
    ...(fault !== undefined && { status: fault.kind === 'wait' ? 429 : 422 }),
    main: html`<h1>Segundo fator</h1>
      ${fault !== undefined && notice('danger', wordsOf(fault))}
      ${
        hasTotp &&
        html`<h2>Aplicativo autenticador</h2>
        ${form({
          ...{ action: '/segundo-fator', token, submit: 'Continuar' },
          children: [
            after,
            textField({
              ...{ name: 'codigo', label: 'Código de 6 dígitos', inputMode: 'numeric', maxLength: 20 },
              ...{ autocomplete: 'one-time-code', isRequired: true, isFirst: true },
              help: 'O código que o aplicativo mostra agora. Cada código vale uma vez.',
              fault: fault?.kind === 'code' ? 'O código não confere.' : null,
            }),
          ],
        })}`
      }
      ${
        options !== null &&
        html`<h2>Chave de segurança</h2>
        ${keyForm({
          ...{ action: '/segundo-fator/chave', token, options, does: 'get' },
          ...{ submit: 'Usar a chave', children: after },
        })}`
      }
      ${
        !hasTotp &&
        options === null &&
        notice('warning', 'Nenhum dos seus segundos fatores pode ser usado aqui.')
      }
      <h2>Perdeu o celular ou a chave?</h2>
      <p>Se cadastrou outro segundo fator, use-o. Se não, procure o Cadastrador Autorizador do seu órgão: depois de confirmar que é você, ele pede à equipe da central que remova os fatores perdidos.</p>`,
  };
}

function wordsOf(fault: AskFault): string {
  switch (fault.kind) {
    case 'code':
      return 'O código não confere ou já foi usado. Espere o próximo código e digite-o. Se continuar, acerte o relógio do celular (data e hora automáticas).';
    case 'key':
      return 'A chave não foi aceita. Use uma chave que você cadastrou e confirme com o PIN ou a digital dela.';
    case 'copied':
      return 'A chave foi bloqueada, porque parece haver uma cópia dela. As suas outras sessões foram encerradas. Use outro segundo fator e avise o Cadastrador Autorizador do seu órgão.';
    case 'wait':
      return `Houve códigos errados demais. Tente de novo daqui a ${writtenWait(fault.milliseconds)}.`;
  }
}
