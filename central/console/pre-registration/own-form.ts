import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import type { Authority } from '../../base/access-layer/authorities.ts';
import type { RequestForm } from '../../base/access-layer/requests.ts';
import { isRole, roles } from '../access/roles.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { type Choice, form, selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { opened } from '../html/parts.ts';
import { longestWords, readReason } from '../purpose/reason.ts';
import { isSamePerson } from './same-person.ts';

/** As it was typed. */
export interface TypedForm {
  readonly nome: string;
  readonly cpf: string;
  readonly telefone: string;
  readonly orgao: string;
  readonly estrutura: string;
  readonly papel: string;
  readonly motivo: string;
}

export interface OwnForm {
  readonly token: string;
  readonly bodies: readonly Choice[];
  readonly structures: readonly Choice[];
  readonly typed: TypedForm;
  readonly faults?: Readonly<Partial<Record<keyof TypedForm, string>>>;
  /** Who asks has an account: its name and CPF are known. */
  readonly isKnown: boolean;
}

/** Those of most people first. */
const offered = Object.entries(roles).toSorted(
  ([, one], [, other]) => Number(one.hasPower) - Number(other.hasPower),
);

export function ownForm({ token, bodies, structures, typed, faults = {}, isKnown }: OwnForm): Html {
  const field = (name: keyof TypedForm) => ({ name, value: typed[name], fault: faults[name] ?? null });
  const body = bodies.find(({ value }) => value === typed.orgao);
  return html`<h2>Formulário</h2>
    ${faultSummary(faults)}
    ${body !== undefined && html`<p>O pedido é para <strong>${body.label}</strong>.</p>`}
    ${opened(
      'É para outro órgão',
      html`<form class="formulario" method="get" action="/pedido/meu">
      ${selectField({ name: 'orgao', label: 'Órgão', choices: bodies, value: typed.orgao, fault: faults.orgao ?? null })}
      <p class="botoes"><button class="br-button secondary" type="submit">Trocar de órgão</button></p>
    </form>`,
      body === undefined || faults.orgao !== undefined,
    )}
    ${form({
      action: '/pedido/meu',
      token,
      children: [
        html`<input type="hidden" name="orgao" value="${typed.orgao}">`,
        structures.length > 0 &&
          selectField({
            ...{ ...field('estrutura'), label: 'Estrutura' },
            choices: [{ value: '', label: 'Nenhuma em particular' }, ...structures],
          }),
        !isKnown && [
          textField({
            ...{ ...field('nome'), label: 'Nome completo', autocomplete: 'name', isRequired: true },
          }),
          textField({
            ...{ ...field('cpf'), label: 'CPF', inputMode: 'numeric', maxLength: 30, isRequired: true },
            help: 'Com ou sem pontos e traço.',
          }),
        ],
        textField({
          ...{ ...field('telefone'), label: 'Telefone de trabalho', type: 'tel', autocomplete: 'tel' },
          ...{ maxLength: 30, isRequired: true, help: 'Com DDD.' },
        }),
        radioFields({
          ...{ ...field('papel'), label: 'Papel' },
          choices: offered.map(([value, { name, does }]) => ({
            ...{ value, label: name, help: does },
          })),
        }),
        textArea({
          ...{ ...field('motivo'), label: 'Motivo', isRequired: true, maxLength: longestWords },
          help: 'Para que trabalho você precisa do acesso, em uma frase ou mais.',
        }),
      ],
      submit: 'Enviar o pedido',
    })}`;
}

/** What a form is held against. */
export interface FormFacts {
  readonly bodies: readonly Choice[];
  readonly structures: readonly Choice[];
  /** Of the body that it is for. */
  readonly authority: Authority | null;
  /** Confirmed. */
  readonly email: string;
  /** Of who asks, where they have an account. */
  readonly known: { readonly name: string; readonly cpf: string } | null;
}

/** A form that can be sent on, or what is to mend. */
export function readForm(
  typed: TypedForm,
  { bodies, structures, authority, email, known }: FormFacts,
): { readonly form: RequestForm } | { readonly faults: Readonly<Partial<Record<keyof TypedForm, string>>> } {
  const name = known?.name ?? typed.nome.normalize('NFC').replace(/\s+/g, ' ').trim();
  const cpf = known?.cpf ?? cleanCpf(typed.cpf, () => {});
  const reason = readReason(typed.motivo);
  const isBody = bodies.some(({ value }) => value === typed.orgao) && authority !== null;
  const isOwn = isBody && isSamePerson(authority, { cpf, email });
  const isStructure = typed.estrutura === '' || structures.some(({ value }) => value === typed.estrutura);
  const isName = name.length <= 200 && /^\p{L}.*\s.*\p{L}/u.test(name);
  const isPhone = /^[\d\s()+.-]{1,30}$/.test(typed.telefone) && isNumber(typed.telefone);
  const faults = {
    ...(!isBody && { orgao: 'Este órgão não recebe pedidos. Escolha outro.' }),
    ...(isOwn && { orgao: 'Quem responde por um órgão não pede acesso nele: ninguém autoriza a si mesmo.' }),
    ...(!isStructure && { estrutura: 'Esta estrutura não é deste órgão, ou foi encerrada.' }),
    ...(!isName && { nome: 'Escreva o nome completo.' }),
    ...(cpf === null && { cpf: 'Confira o CPF: são onze números, e um deles está errado ou falta.' }),
    ...(!isPhone && { telefone: 'Escreva o telefone com DDD, como (82) 3315-0000.' }),
    ...(!isRole(typed.papel) && { papel: 'Escolha um papel.' }),
    ...('fault' in reason && { motivo: reason.fault }),
  };
  if (Object.keys(faults).length > 0 || cpf === null || 'fault' in reason) return { faults };
  const structure = typed.estrutura === '' ? null : typed.estrutura;
  const { orgao: body, papel: role, telefone } = typed;
  return { form: { body, structure, name, cpf, role, reason: reason.words, phone: telefone.trim() } };
}

function isNumber(typed: string): boolean {
  return /^\d{10,13}$/.test(typed.replace(/\D/g, ''));
}
