import { type HelpState, longestRequest } from '../../base/access-layer/help-requests.ts';
import { textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { writtenWait } from '../written-wait.ts';

export interface AskPage {
  readonly token: string;
  /** From which page they come; empty where it is not known. */
  readonly page: string;
  readonly typed?: { readonly texto: string; readonly email: string };
  readonly faults?: { readonly texto?: string; readonly email?: string };
  /** How long they wait, in milliseconds, where they asked too often. */
  readonly waits?: number;
}

export function askPage({ token, page, typed, faults = {}, waits = 0 }: AskPage): Html {
  return html`<h1>Pedir ajuda</h1>
    ${
      waits > 0 &&
      notice(
        'warning',
        `Houve pedidos demais em pouco tempo. Espere ${writtenWait(waits)} e envie de novo: o que você escreveu está abaixo.`,
      )
    }
    ${faultSummary({ texto: faults.texto, email: faults.email })}
    <p>Talvez a resposta já esteja na <a href="/ajuda">ajuda</a>. Se não estiver, escreva: uma pessoa responde por e-mail.</p>
    ${form({
      action: '/ajuda/pedir',
      token,
      submit: 'Enviar o pedido',
      children: html`<input type="hidden" name="de" value="${page}">
        ${textArea({
          ...{ name: 'texto', label: 'O que você queria fazer, e o que aconteceu?' },
          ...{ value: typed?.texto ?? '', fault: faults.texto ?? null, isRequired: true },
          ...{ help: 'Não escreva senhas, códigos nem dados de pessoas presas.', maxLength: longestRequest },
        })}
        ${textField({
          ...{ name: 'email', label: 'E-mail para a resposta', type: 'email', inputMode: 'email' },
          ...{
            value: typed?.email ?? '',
            fault: faults.email ?? null,
            autocomplete: 'email',
            isRequired: true,
          },
        })}`,
    })}`;
}

/** What is told once it was written down: whether somebody is told of it. */
export function askedPage(protocol: string, state: HelpState): Html {
  return html`<h1>Pedido de ajuda registrado</h1>
    ${notice('success', html`O número do pedido é <strong>${protocol}</strong>. Anote-o.`)}
    ${
      state === 'given-up'
        ? notice(
            'warning',
            'O pedido não chegou a quem responde: falta o e-mail do atendimento, ou o correio não funciona. Leve o número e a pergunta ao Cadastrador Autorizador do seu órgão.',
          )
        : html`<p>${state === 'waits' ? 'O pedido segue por e-mail para quem responde.' : 'O pedido foi encaminhado por e-mail a quem responde.'} A resposta vai para o e-mail que você informou. Se não vier em dois dias úteis, leve o número ao Cadastrador Autorizador do seu órgão.</p>`
    }
    <p>Ninguém da equipe pede a sua senha nem o código do segundo fator.</p>
    <p><a href="/">Página inicial</a></p>`;
}
