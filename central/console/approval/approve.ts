import { randomUUID } from 'node:crypto';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { lastAuthorityOf } from '../../base/access-layer/authorities.ts';
import { grantsEndOf } from '../../base/access-layer/grants.ts';
import { accountByCpf } from '../../base/access-layer/passwords.ts';
import { addPerson, blockedByCpf, mailOf, type Person, personByCpf } from '../../base/access-layer/people.ts';
import { type AccessRequest, addStep, requestOf, settleRequest } from '../../base/access-layer/requests.ts';
import { endRole, giveRole, rolesOf } from '../../base/access-layer/roles.ts';
import { thoseWhoLetInto } from '../../base/access-layer/seen-from.ts';
import type { Questions, Transaction } from '../../base/base.ts';
import { addressOf } from '../pre-registration/address.ts';
import { standing } from '../pre-registration/words.ts';
import type { ApprovalFacts } from './judge.ts';

/** A request with its form. */
export type FilledRequest = AccessRequest & { readonly form: NonNullable<AccessRequest['form']> };

export function isFilled(request: AccessRequest | null): request is FilledRequest {
  return request !== null && request.form !== null;
}

/** By what somebody enters first. */
export type Way = 'senha' | 'govbr';

/** What an approval is held against, as it stands. */
export async function factsOf(
  questions: Questions,
  request: FilledRequest,
  { decider, until }: { readonly decider: Pick<Person, 'id' | 'cpf'>; readonly until: Date },
  now: Date,
): Promise<ApprovalFacts & { readonly account: Person | null }> {
  const account = await personByCpf(questions, request.form.cpf);
  const before = request.steps.flatMap(({ kind, by }) => (kind === 'aprovado' && by !== null ? [by] : []));
  const asked = { people: before, body: request.body.id };
  const still = await thoseWhoLetInto(questions, asked, now);
  return {
    ...{ request, until, account },
    decider: { ...decider, email: await mailOf(questions, decider.id) },
    authority: await lastAuthorityOf(questions, request.id),
    countsBefore: before.every((one) => still.has(one)),
    held: account === null ? [] : await rolesOf(questions, account.id),
    // Also of who only was not there for long: a role that is given counts as use, and would let them in unsaid.
    isBlocked: (await blockedByCpf(questions, request.form.cpf, now)) !== null,
    grantsEnd: await grantsEndOf(questions, request.body.id, now),
  };
}

/**
 * Writes an approval down; with the last one that it takes the person is made, where there is none of that CPF, and given
 * the role, to the earliest end that was said. All roles are locked, and so is the request.
 */
export async function approve(
  tx: Transaction,
  request: FilledRequest,
  { by, until, way }: { readonly by: string; readonly until: Date; readonly way: Way },
  now: Date,
): Promise<{
  readonly account: string | null;
  readonly given: string | null;
  /** The roles in whose place it came. */
  readonly ended: readonly string[];
}> {
  await addStep(tx, request.id, { kind: 'aprovado', by, until }, now);
  const after = await requestOf(tx, request.id);
  if (!isFilled(after) || standing(after, now).kind !== 'sign-in')
    return { account: null, given: null, ended: [] };
  const { form, body, structure, email } = after;
  const known = await personByCpf(tx, form.cpf);
  const account = known?.id ?? randomUUID();
  // Of an account that is there nothing is learnt: by its address others would come into it.
  if (known === null) await addPerson(tx, { id: account, cpf: form.cpf, name: form.name, email }, now);
  const ended = (await rolesOf(tx, account))
    .filter((before) => before.body === body.id && before.role === form.role)
    .map(({ id }) => id);
  for (const id of ended) await endRole(tx, id, by, now);
  const given = randomUUID();
  const end = Math.min(
    ...after.steps.flatMap((step) => (step.until === null ? [] : [Date.parse(step.until)])),
  );
  await giveRole(tx, {
    ...{ id: given, person: account, body: body.id, role: form.role, structure: structure?.id ?? null },
    ...{ from: now, until: new Date(end), givenBy: by },
  });
  await settleRequest(tx, request.id, account);
  if (way === 'senha' && (await takesPassword(tx, after, now))) {
    await addStep(tx, request.id, { kind: 'senha', by }, now);
    await askLetter(tx, 'request-password', request.id, now);
  } else {
    await askLetter(tx, 'request-admitted', request.id, now);
  }
  return { account, given, ended };
}

/**
 * Whether a temporary password may go to the address of a request: of an account that has none, and whose address it is.
 * Else whoever knows somebody's CPF would have their account.
 */
export async function takesPassword(
  questions: Questions,
  request: FilledRequest,
  now: Date,
): Promise<boolean> {
  const account = await accountByCpf(questions, request.form.cpf);
  if (account === null) return true;
  const { email } = account.known;
  const isNew = account.hash === null || account.temporaryUntil !== null;
  return (
    isNew &&
    email !== null &&
    // Not one that only may be theirs: capitals and what follows a plus may be another's.
    addressOf(email) === request.email &&
    (await blockedByCpf(questions, request.form.cpf, now)) === null
  );
}

/** Whether the role that a request came to is theirs still, in a body that has not ended, and nothing keeps them out. */
export async function isGiven(
  questions: Questions,
  { account, body, form }: FilledRequest,
  now: Date,
): Promise<boolean> {
  if (account === null || !body.isOpen || (await blockedByCpf(questions, form.cpf, now)) !== null)
    return false;
  return (await rolesOf(questions, account)).some(
    (one) => one.body === body.id && one.role === form.role && Date.parse(one.until) > now.getTime(),
  );
}
