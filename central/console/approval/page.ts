import { writtenMoment } from '../../../shared/day.ts';
import { isOver, takes } from '../../base/access-layer/request-state.ts';
import type { AccessRequest } from '../../base/access-layer/requests.ts';
import type { HeldRole } from '../../base/access-layer/roles.ts';
import { termWords } from '../access/role-term.ts';
import { roleName } from '../access/roles.ts';
import { radioFields, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, postButton, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { opened, pages } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { askedFacts, stepsTable } from '../pre-registration/own-page.ts';
import { approvalsOf, shortState, standing } from '../pre-registration/words.ts';
import { longestWords } from '../purpose/reason.ts';
import { type ApprovalFault, faultWords, isOfTerm } from './judge.ts';

export interface RequestsPage {
  /** A page of those that wait for an answer, the nearest deadline first. */
  readonly waiting: readonly AccessRequest[];
  readonly answered: readonly AccessRequest[];
  readonly around: Parameters<typeof pages>[0];
}

/** Requests that wait for an answer; those that wait for whoever asked; then those that are over. */
export function requestsPage({ waiting, answered, around }: RequestsPage, now: Date): Html {
  const all = answered.map((request) => ({ request, state: standing(request, now) }));
  const rowOf = (request: AccessRequest, state = standing(request, now)) => [
    html`<a href="${`/pedidos/${request.id}`}">${request.form?.name ?? ''}</a>`,
    ...[request.body.short, roleName(request.form?.role ?? ''), shortState(state)],
    'until' in state && state.until !== null ? writtenMoment(state.until) : '',
  ];
  const columns = ['Quem', 'Órgão', 'Papel', 'Etapa', 'Prazo'].map((label) => ({ label }));
  const list = (caption: string, empty: string, shown: typeof all) =>
    table({ caption, columns, empty, rows: shown.map(({ request, state }) => rowOf(request, state)) });
  return html`<h1>Pedidos de acesso</h1>
    <p>Cada pedido é decidido por um Cadastrador Autorizador que não seja quem pediu; os papéis com poder, por dois.</p>
    ${table({
      ...{ caption: 'Em andamento', columns, empty: 'Nenhum pedido em andamento.' },
      rows: waiting.map((request) => rowOf(request)),
    })}
    ${pages(around)}
    ${list(
      'Aprovados, à espera de quem pediu',
      'Ninguém falta entrar.',
      all.filter(({ state }) => !isOver(state)),
    )}
    ${list(
      'Terminados',
      `Nenhum pedido terminado nos últimos 90 dias.`,
      all.filter(({ state }) => isOver(state)),
    )}
    <p><a href="/papeis">Papéis dados</a></p>`;
}

export interface TypedDecision {
  readonly decisao: string;
  readonly ate: string;
  readonly entrada: string;
  readonly motivo: string;
}

export interface TypedDocument {
  readonly nup: string;
  readonly codigo: string;
  readonly assinado: string;
}

export interface RequestPage {
  readonly request: AccessRequest;
  readonly me: string;
  readonly now: Date;
  readonly token: string;
  /** Of who asks, as far as there is an account of that CPF. */
  readonly account: {
    readonly name: string;
    readonly email: string | null;
    readonly roles: readonly HeldRole[];
  } | null;
  /** Why it may not be approved by who looks, with the end that is proposed. */
  readonly fault: ApprovalFault | null;
  readonly hasLoginUnico: boolean;
  /** Whether a temporary password may go to the address of the request. */
  readonly takesPassword: boolean;
  readonly decision: TypedDecision;
  readonly document?: TypedDocument;
  readonly faults?: Readonly<Partial<Record<keyof TypedDecision | keyof TypedDocument, string>>>;
  readonly done?: string | null;
}

export function requestPage(page: RequestPage): Html {
  const { request, now, token, account, done = null } = page;
  const state = standing(request, now);
  const until = 'until' in state && state.until !== null ? `, até ${writtenMoment(state.until)}` : '';
  return html`<h1>Pedido de ${request.form?.name ?? request.email}</h1>
    ${done !== null && notice('success', done)}
    <p><strong>${shortState(state)}</strong>${until}.${approvalsOf(request) === 2 && ' Este papel precisa da aprovação de dois Autorizadores.'}</p>
    ${askedFacts(request, true)}
    ${account !== null && accountPart(request, account, now)}
    ${stepsTable(request.steps, true)}
    ${state.kind === 'authority' && authorityPart(page)}
    ${state.kind === 'approval' && decisionPart(page, state.approvedBy)}
    ${
      takes(state, { kind: 'senha', by: null }) &&
      html`<h2>Senha provisória</h2>
      ${
        page.takesPassword
          ? html`<p>Vai por e-mail a quem pediu, e vale 24 horas. A anterior deixa de valer.</p>
      ${postButton({ action: `/pedidos/${request.id}/senha`, token, label: 'Enviar senha provisória' })}`
          : html`<p>A conta já tem senha, ou outro e-mail: nenhuma senha vai por e-mail. Quem a esqueceu recebe outra pela página do seu papel, em <a href="/papeis">Papéis dados</a>.</p>`
      }`
    }`;
}

function accountPart(
  { email }: AccessRequest,
  { name, email: known, roles }: NonNullable<RequestPage['account']>,
  now: Date,
): Html {
  return html`<h2>Conta com este CPF</h2>
    <p>A conta é de <strong>${name}</strong>.</p>
    ${known !== email && notice('warning', known === null ? 'A conta não tem e-mail.' : `A conta tem outro e-mail: ${known}. Confira com a pessoa.`)}
    ${table({
      caption: 'Papéis desta pessoa',
      columns: [{ label: 'Papel' }, { label: 'Órgão' }, { label: 'Vale' }],
      rows: roles.map((one) => [
        html`<a href="${`/papeis/${one.id}`}">${roleName(one.role)}</a>`,
        ...[one.bodyShort, termWords(one, now)],
      ]),
      empty: 'Nenhum papel.',
    })}`;
}

function authorityPart({ request, token, document, faults = {} }: RequestPage): Html {
  const field = (name: keyof TypedDocument) => ({
    ...{ name, value: document?.[name] ?? '', fault: faults[name] ?? null, isRequired: true },
  });
  return html`<h2>Autorização do órgão</h2>
    <p>A autoridade do órgão recebeu um link por e-mail.</p>
    ${postButton({ action: `/pedidos/${request.id}/autoridade`, token, label: 'Enviar outro link à autoridade' })}
    ${opened(
      'Registrar uma autorização assinada',
      html`${faultSummary({ nup: faults.nup, codigo: faults.codigo, assinado: faults.assinado })}
      ${form({
        ...{ action: `/pedidos/${request.id}/documento`, token, submit: 'Registrar o documento' },
        children: [
          textField({ ...field('nup'), label: 'Número do processo (NUP)', maxLength: 40 }),
          textField({ ...field('codigo'), label: 'Código verificador', maxLength: 40 }),
          textField({
            ...{ ...field('assinado'), label: 'Assinado em', maxLength: 10, help: 'Como 03/12/2026.' },
          }),
        ],
      })}`,
      document !== undefined,
    )}`;
}

function decisionPart(page: RequestPage, approvedBy: readonly string[]): Html {
  const { request, me, token, fault, hasLoginUnico, decision, faults = {} } = page;
  if (fault === 'own' || fault === 'own-authorization') return notice('info', faultWords[fault]);
  const isSaid = approvedBy.includes(me);
  const field = (name: keyof TypedDecision) => ({ name, value: decision[name], fault: faults[name] ?? null });
  return html`<h2>Decisão</h2>
    ${fault !== null && !isOfTerm(fault) && notice('warning', faultWords[fault])}
    ${isSaid && notice('info', 'Você já aprovou. Falta a aprovação de outro Cadastrador Autorizador.')}
    ${faultSummary({ decisao: faults.decisao, ate: faults.ate, entrada: faults.entrada, motivo: faults.motivo })}
    ${form({
      ...{ action: `/pedidos/${request.id}`, token, submit: 'Concluir' },
      children: [
        radioFields({
          ...{ ...field('decisao'), label: 'Decisão' },
          choices: [
            ...(isSaid ? [] : [{ value: 'aprovo', label: 'Aprovar' }]),
            { value: 'recuso', label: 'Recusar' },
          ],
        }),
        !isSaid &&
          textField({
            ...field('ate'),
            label: 'Papel até',
            maxLength: 10,
            isRequired: true,
            help: 'Como 03/12/2026.',
          }),
        !isSaid &&
          hasLoginUnico &&
          radioFields({
            ...{ ...field('entrada'), label: 'Como vai entrar' },
            choices: [
              { value: 'govbr', label: 'Pelo gov.br' },
              { value: 'senha', label: 'Com senha provisória, enviada por e-mail' },
            ],
          }),
        textArea({
          ...{ ...field('motivo'), label: 'Motivo da recusa', maxLength: longestWords },
          help: 'Para recusar. Quem pediu lê este texto.',
        }),
      ],
    })}`;
}
