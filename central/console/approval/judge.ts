import type { AccessRequest } from '../../base/access-layer/requests.ts';
import { incompatible, isRole, lookingRoles } from '../access/roles.ts';

/** So long a role is given at most, in days: it is looked at anew each half-year, and asked for anew each year. */
export const longestDays = 366;

/** What an approval is held against. */
export interface ApprovalFacts {
  readonly request: Pick<AccessRequest, 'body' | 'structure'> & {
    readonly form: { readonly cpf: string; readonly role: string };
  };
  /** Eleven digits, of who would approve. */
  readonly decider: string;
  /** The same of whoever answered for the body when it was authorized; null: it was brought before nobody. */
  readonly authority: string | null;
  /** Roles that who asks has in whichever body and that nobody has ended, with the end of each. */
  readonly held: readonly { readonly role: string; readonly until: string }[];
  readonly isBlocked: boolean;
  /** When the last grant of the body ends that is in force; null: none is. ISO 8601. */
  readonly grantsEnd: string | null;
  readonly until: Date;
}

/** Why a request may not be approved so. */
export type ApprovalFault =
  | 'own'
  | 'own-authorization'
  | 'body-ended'
  | 'structure-ended'
  | 'blocked'
  | 'roles-apart'
  | 'no-grant'
  | 'beyond-grant'
  | 'past'
  | 'too-long';

/** Null where it may. Pure: the same is asked before a form is shown and in the transaction that approves. */
export function faultOfApproval(facts: ApprovalFacts, now: Date): ApprovalFault | null {
  const { request, decider, authority, held, isBlocked, grantsEnd, until } = facts;
  const { body, structure, form } = request;
  if (decider === form.cpf) return 'own';
  if (decider === authority) return 'own-authorization';
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
  return until.getTime() > now.getTime() + longestDays * 86_400_000 ? 'too-long' : null;
}

/** What is said of each, and what to do. */
export const faultWords: Readonly<Record<ApprovalFault, string>> = {
  own: 'O pedido é seu: fica para outro Cadastrador Autorizador.',
  'own-authorization': 'Você responde pelo órgão neste pedido: fica para outro Cadastrador Autorizador.',
  'body-ended': 'O órgão foi encerrado. Recuse o pedido.',
  'structure-ended': 'A estrutura pedida foi encerrada. Recuse o pedido, para que se peça outra.',
  blocked: 'A conta desta pessoa está bloqueada. Resolva o bloqueio antes.',
  'roles-apart':
    'Esta pessoa tem um papel que ninguém pode ter junto com este. Encerre o outro antes, ou recuse o pedido.',
  'no-grant': 'O órgão não tem acordo em vigor: com este papel não haveria o que consultar.',
  'beyond-grant': 'O papel não pode passar do fim do acordo do órgão.',
  past: 'Esta data já passou.',
  'too-long': `Um papel vale no máximo ${longestDays - 1} dias; depois, é pedido de novo.`,
};

/** Faults that another end of the role mends. */
export function isOfTerm(fault: ApprovalFault): boolean {
  return fault === 'beyond-grant' || fault === 'past' || fault === 'too-long';
}
