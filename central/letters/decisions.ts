import { writtenDay } from '../../shared/day.ts';
import { waitingRequests } from '../base/access-layer/request-lists.ts';
import {
  type Autorizador,
  autorizadores,
  lapsingRole,
  type WaitingMatter,
  waitingProposals,
  waitingRoles,
} from '../base/access-layer/waiting.ts';
import type { Questions } from '../base/base.ts';
import { roleName } from '../console/access/roles.ts';
import { standing } from '../console/pre-registration/words.ts';
import { hoursAfter, type Letter, letter } from './letter.ts';

/** What waits for the word of one Autorizador, and since when each does. */
export interface Waiting {
  readonly person: string;
  readonly email: string;
  readonly requests: readonly string[];
  readonly proposals: readonly string[];
  readonly roles: readonly string[];
}

/** Those that are looked at, the nearest deadline first. */
const mostRequests = 500;

/**
 * Of each Autorizador for whom something waits: of their own body, and to those of the central one of all, as they see to
 * bodies that have nobody. @param id of one alone; null: all
 */
export async function waitingFor(questions: Questions, id: string | null, now: Date): Promise<Waiting[]> {
  const people = await autorizadores(questions, id, now);
  if (people.length === 0) return [];
  const waiting = await waitingRequests(questions, { from: null, skip: 0, most: mostRequests }, now);
  const requests = waiting.flatMap((request) => {
    const state = standing(request, now);
    if (state.kind !== 'approval') return [];
    const { id: body } = request.body;
    return [{ body, since: state.since, but: state.approvedBy, cpf: request.form?.cpf }];
  });
  const [proposals, due] = [await waitingProposals(questions, now), await waitingRoles(questions, now)];
  const times = (matters: readonly WaitingMatter[]) => matters.map((one) => one.since);
  return people
    .map((who) => ({
      ...{ person: who.id, email: who.email },
      requests: times(requests.filter((one) => isFor(who, one) && one.cpf !== who.cpf)),
      // Grants are decided from the central body alone.
      proposals: times(who.isCentral ? proposals.filter((one) => isFor(who, one)) : []),
      roles: times(due.filter((one) => isFor(who, one))),
    }))
    .filter((one) => one.requests.length + one.proposals.length + one.roles.length > 0);
}

function isFor({ id, bodies, isCentral }: Autorizador, { body, but }: WaitingMatter): boolean {
  return (isCentral || bodies.includes(body)) && !but.includes(id);
}

/** To an Autorizador: how many decisions wait for them, and where; of nobody whom they are about. About a person. */
export const decisionsWait: Letter = letter('nothing', async (tx, about, { now, origin }) => {
  const [waiting] = await waitingFor(tx, about, now);
  if (waiting === undefined) return null;
  const { requests, proposals, roles: due, email } = waiting;
  const lines = [
    [counted(requests, 'pedido de acesso a aprovar', 'pedidos de acesso a aprovar'), '/pedidos'],
    [counted(proposals, 'proposta de concessão a decidir', 'propostas de concessão a decidir'), '/orgaos'],
    [counted(due, 'papel a recertificar', 'papéis a recertificar'), '/recertificacao'],
  ] as const;
  const text = [
    'Há decisões à sua espera na Guarita:',
    '',
    ...lines.flatMap(([words, path]) => (words === null ? [] : [`${words}:`, `${origin}${path}`, ''])),
    'O que não é decidido no prazo caduca.',
    '',
    unread,
  ].join('\n');
  return { to: email, subject: 'Guarita: há decisões à sua espera', text, until: hoursAfter(now, 24) };
});

/** To whoever has a role that lapses unless it is looked at anew. About a role. */
export const roleLapses: Letter = letter('nothing', async (tx, about, { now, origin }) => {
  const role = await lapsingRole(tx, about, now);
  if (role === null) return null;
  const name = roleName(role.role);
  const day = writtenDay(role.recertifyBy);
  const text = [
    `O seu papel de ${name} no órgão ${role.bodyShort}`,
    `deixa de valer em ${day}, se não for recertificado até lá.`,
    '',
    'Se ainda precisa dele, fale com um Cadastrador Autorizador do seu órgão.',
    'Os seus papéis estão em:',
    '',
    `${origin}/conta`,
    '',
    unread,
  ].join('\n');
  const subject = `Guarita: um papel seu deixa de valer em ${day}`;
  const [end, soon] = [new Date(role.recertifyBy), hoursAfter(now, 72)];
  return { to: role.email, subject, text, until: end < soon ? end : soon };
});

const unread = 'Não responda a esta mensagem: ninguém lê as respostas.';

function counted(all: readonly string[], one: string, more: string): string | null {
  if (all.length === 0) return null;
  return all.length === 1 ? `1 ${one}` : `${all.length} ${more}`;
}
