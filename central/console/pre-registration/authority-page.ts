import type { Authority } from '../../base/access-layer/authorities.ts';
import type { AccessRequest } from '../../base/access-layer/requests.ts';
import { roleName } from '../access/roles.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { longestWords } from '../purpose/reason.ts';
import { askedFacts } from './own-page.ts';
import { nextWords, standing } from './words.ts';

export interface AuthorityPage {
  readonly action: string;
  readonly token: string;
  readonly request: AccessRequest;
  readonly authority: Authority;
  readonly now: Date;
  readonly typed?: { readonly decisao: string; readonly texto: string };
  readonly faults?: { readonly decisao?: string; readonly texto?: string };
}

/** A request before who answers for the body. */
export function authorityPage(page: AuthorityPage): Html {
  const { action, token, request, authority, now, typed, faults = {} } = page;
  const { form: asked, body } = request;
  const role = roleName(asked?.role ?? '');
  const state = standing(request, now);
  return html`<h1>Pedido de acesso em ${body.short}</h1>
    <p>Esta página é de <strong>${authority.name}</strong>, ${authority.office}. Se não é você, feche-a.</p>
    ${askedFacts(request, false)}
    <h2>Decisão</h2>
    <p>${'until' in state ? nextWords(state).replace(/^.*(?=Prazo)/, '') : ''} O que o senhor ou a senhora escrever fica registrado, com o nome, o cargo e a hora.</p>
    ${faultSummary(faults)}
    ${form({
      action,
      token,
      children: [
        radioFields({
          ...{ name: 'decisao', label: 'Esta pessoa deve ter este acesso?' },
          ...{ value: typed?.decisao ?? '', fault: faults.decisao ?? null },
          choices: [
            { value: 'autorizo', label: 'Autorizo' },
            { value: 'nao-autorizo', label: 'Não autorizo' },
          ],
        }),
        textArea({
          ...{ name: 'texto', label: 'Por escrito', fault: faults.texto ?? null, isRequired: true },
          value: typed?.texto ?? '',
          maxLength: longestWords,
          help: `Por exemplo: Autorizo o acesso como ${role} porque trabalha no setor. Quem pediu lê este texto.`,
        }),
      ],
      submit: 'Registrar a decisão',
    })}`;
}
