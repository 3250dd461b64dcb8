import { dayText, writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { Authority } from '../../base/access-layer/authorities.ts';
import { isOver, takes } from '../../base/access-layer/request-state.ts';
import type { AccessRequest, RequestStep } from '../../base/access-layer/requests.ts';
import { roleName } from '../access/roles.ts';
import { notice, postButton } from '../html/form.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { facts, opened } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { nextWords, standing, stepWords } from './words.ts';

export interface OwnPage {
  readonly request: AccessRequest;
  readonly now: Date;
  readonly token: string;
  /** The form, while it is to be filled in. */
  readonly form: Html | null;
  /** Who answers for the body today; null where nobody does. */
  readonly authority: Pick<Authority, 'name' | 'office'> | null;
}

/** A request, to the one who asked: what comes next, who owes it, until when, and what was done so far. */
export function ownPage({ request, now, token, form, authority }: OwnPage): Html {
  const state = standing(request, now);
  const kind = { done: 'success', refused: 'danger', withdrawn: 'info', expired: 'warning' } as const;
  const isEnd = Object.hasOwn(kind, state.kind);
  return html`<h1>Meu pedido de acesso</h1>
    ${notice(isEnd ? kind[state.kind as keyof typeof kind] : 'info', nextWords(state))}
    ${(state.kind === 'password' || state.kind === 'sign-in' || state.kind === 'done') && html`<p><a class="br-button primary" href="/entrar">Entrar</a></p>`}
    ${isOver(state) && state.kind !== 'done' && html`<p><a href="/pedido">Fazer outro pedido</a></p>`}
    ${state.kind === 'authority' && authority !== null && html`<p>Quem autoriza: <strong>${authority.name}</strong>, ${authority.office}.</p>`}
    ${form}
    ${request.form !== null && html`<h2>O que foi pedido</h2>${askedFacts(request, false)}`}
    ${stepsTable(request.steps, false)}
    ${
      takes(state, { kind: 'desistiu', by: null }) &&
      opened(
        'Desistir do pedido',
        html`<p>O pedido termina, e ninguém mais decide sobre ele.</p>
        ${postButton({ action: '/pedido/meu/desistir', token, label: 'Desistir' })}`,
      )
    }
    <h2>Este computador é de outras pessoas também?</h2>
    <p>Este navegador mostra o pedido por 30 dias. Esquecido aqui, o pedido continua: para vê-lo, <a href="/pedido">informe o mesmo e-mail</a> e receba outro link.</p>
    ${postButton({ action: '/pedido/meu/esquecer', token, label: 'Esquecer neste navegador' })}`;
}

/** @param isWhole with the whole CPF, to who decides and has to know */
export function askedFacts(request: AccessRequest, isWhole: boolean): Html | null {
  const { form, body, structure, email } = request;
  if (form === null) return null;
  return facts([
    ['Nome', form.name],
    ['CPF', isWhole ? wholeCpf(form.cpf) : maskedCpf(form.cpf)],
    ['E-mail', email],
    ['Telefone', form.phone],
    ['Órgão', `${body.name} (${body.short})`],
    ...(structure === null ? [] : ([['Estrutura', structure.name]] as const)),
    ['Papel', roleName(form.role)],
    ['Motivo', form.reason],
  ]);
}

export function wholeCpf(cpf: string): string {
  return cpf.replace(/^(...)(...)(...)(..)$/, '$1.$2.$3-$4');
}

/** The middle tells people apart. */
export function maskedCpf(cpf: string): string {
  return cpf.replace(/^...(...)(...)..$/, '***.$1.$2-**');
}

/** Enough for whoever knows the address to know it again. */
export function maskedEmail(email: string): string {
  return email.replace(/^(.).*@/su, '$1***@');
}

/** @param names whether those who decided are named: to each other, not to the one who asked */
export function stepsTable(steps: readonly RequestStep[], names: boolean): Html {
  return table({
    caption: 'Etapas',
    columns: [{ label: 'Etapa' }, { label: 'Quando' }, { label: 'Quem' }, { label: 'Texto' }],
    rows: steps.map((step) => [
      stepWords[step.kind],
      writtenMoment(step.at),
      whoWords(step, names),
      wordsOf(step),
    ]),
    empty: '',
  });
}

const byAutorizador: ReadonlySet<string> = new Set(['documento', 'aprovado', 'recusado', 'senha']);

function whoWords({ kind, who }: RequestStep, names: boolean): string {
  if (byAutorizador.has(kind)) return names ? (who ?? '') : 'Cadastrador Autorizador';
  return who ?? 'Quem pediu';
}

function wordsOf({ words, document, until }: RequestStep): Shown {
  if (document !== null) {
    return `NUP ${document.nup}, código ${document.code}, assinado em ${dayText(document.signed)}`;
  }
  return words ?? (until === null ? '' : `Papel até ${writtenDay(until)}`);
}
