import type { AccessRequest } from '../../base/access-layer/requests.ts';
import { incompatible, isRole, lookingRoles } from '../access/roles.ts';
import { type Identity, isSamePerson } from '../pre-registration/same-person.ts';

/** So long a role is given at most, in days: it is looked at anew each half-year, and asked for anew each year. */
export const longestDays = 366;

/** What an approval is held against. */
export interface ApprovalFacts {
  readonly request: Pick<AccessRequest, 'body' | 'structure' | 'email' | 'steps'> & {
    readonly form: { readonly cpf: string; readonly role: string };
  };
  /** Who would approve. */
  readonly decider: { readonly id: string; readonly cpf: string; readonly email: string | null };
  /** Whoever answered for the body when it was authorized, and who put them in office; null: it was brought before nobody. */
  readonly authority:
    | (Identity & { readonly isInOffice: boolean; readonly appointedBy: Identity | null })
    | null;
  /** Whether whoever approved before could approve still. */
  readonly countsBefore: boolean;
  /** Roles that who asks has in whichever body and that nobody has ended, with the end of each. */
  readonly held: readonly { readonly role: string; readonly until: string }[];
  readonly isBlocked: boolean;
  /** When the last grant of the body ends that is in force; null: none is. ISO 8601. */
  readonly grantsEnd: string | null;
  /** Which end the role is to have. */
  readonly until: Date;
}

/** Why a request may not be approved so. */
export type ApprovalFault =
  | 'own'
  | 'own-authorization'
  | 'own-document'
  | 'own-appointment'
  | 'appointed-by-asker'
  | 'authority-gone'
  | 'approver-gone'
  | 'body-ended'
  | 'structure-ended'
  | 'blocked'
  | 'roles-apart'
  | 'no-grant'
  | 'beyond-grant'
  | 'past'
  | 'past-before'
  | 'too-long';

/** Null where it may. Pure: the same is asked before a form is shown and in the transaction that approves. */
export function faultOfApproval(facts: ApprovalFacts, now: Date): ApprovalFault | null {
  const { request, decider, authority, countsBefore, held, isBlocked, grantsEnd, until } = facts;
  const { body, structure, form } = request;
  const asker = { cpf: form.cpf, email: request.email };
  if (isSamePerson(decider, asker)) return 'own';
  if (authority !== null && isSamePerson(decider, authority)) return 'own-authorization';
  if (request.steps.some(({ kind, by }) => kind === 'documento' && by === decider.id)) return 'own-document';
  const appointer = authority?.appointedBy ?? null;
  if (appointer !== null && isSamePerson(decider, appointer)) return 'own-appointment';
  if (appointer !== null && isSamePerson(asker, appointer)) return 'appointed-by-asker';
  if (authority?.isInOffice === false) return 'authority-gone';
  if (!countsBefore) return 'approver-gone';
  if (!body.isOpen) return 'body-ended';
  if (structure?.isOpen === false) return 'structure-ended';
  if (isBlocked) return 'blocked';
  if (!isRole(form.role)) return 'roles-apart';
  const inForce = held.filter((one) => Date.parse(one.until) > now.getTime()).map(({ role }) => role);
  if (incompatible([...inForce.filter(isRole), form.role]) !== null) return 'roles-apart';
  if (lookingRoles.includes(form.role)) {
    if (grantsEnd === null) return 'no-grant';
    if (until.getTime() > Date.parse(grantsEnd)) return 'beyond-grant';
  }
  if (until <= now) return 'past';
  // The earliest end that was said is that of the role.
  if (request.steps.some((step) => step.until !== null && Date.parse(step.until) <= now.getTime())) {
    return 'past-before';
  }
  return until.getTime() > now.getTime() + longestDays * 86_400_000 ? 'too-long' : null;
}

/** What is said of each, and what to do. */
export const faultWords: Readonly<Record<ApprovalFault, string>> = {
  own: 'O pedido é seu: fica para outro Cadastrador Autorizador.',
  'own-authorization': 'Você responde pelo órgão neste pedido: fica para outro Cadastrador Autorizador.',
  'own-document': 'Você registrou o documento deste pedido: fica para outro Cadastrador Autorizador.',
  'own-appointment':
    'Você registrou a autoridade que autorizou este pedido: fica para outro Cadastrador Autorizador.',
  'appointed-by-asker':
    'Quem pede registrou a autoridade deste órgão. Outra pessoa precisa registrá-la, e o pedido ser feito de novo.',
  'authority-gone':
    'Quem autorizou já não é a autoridade do órgão. Recuse o pedido, para que se peça de novo.',
  'approver-gone':
    'Quem aprovou primeiro já não pode aprovar neste órgão. Recuse o pedido, para que se peça de novo.',
  'body-ended': 'O órgão foi encerrado. Recuse o pedido.',
  'structure-ended': 'A estrutura pedida foi encerrada. Recuse o pedido, para que se peça outra.',
  blocked: 'A conta desta pessoa está bloqueada. Resolva o bloqueio antes.',
  'roles-apart':
    'Esta pessoa tem um papel que ninguém pode ter junto com este. Encerre o outro antes, ou recuse o pedido.',
  'no-grant': 'O órgão não tem acordo em vigor: com este papel não haveria o que consultar.',
  'beyond-grant': 'O papel não pode passar do fim do acordo do órgão.',
  past: 'Esta data já passou.',
  'past-before':
    'A primeira aprovação valia até uma data que já passou. Recuse o pedido, para que se peça de novo.',
  'too-long': `Um papel vale no máximo ${longestDays - 1} dias; depois, é pedido de novo.`,
};

/** Faults that another end of the role mends. */
export function isOfTerm(fault: ApprovalFault): boolean {
  return fault === 'beyond-grant' || fault === 'past' || fault === 'too-long';
}
