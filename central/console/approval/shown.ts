import { dayAfter, dayOf, dayText } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { type Step, takes } from '../../base/access-layer/request-state.ts';
import { lockRequest, requestOf } from '../../base/access-layer/requests.ts';
import { rolesOf } from '../../base/access-layer/roles.ts';
import { seesBody } from '../../base/access-layer/seen-from.ts';
import type { Place, SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { lookingRoles, type Role } from '../access/roles.ts';
import { isId } from '../ids.ts';
import { standing } from '../pre-registration/words.ts';
import type { PageAnswer } from '../route.ts';
import type { SignIn } from '../sign-in.ts';
import { type FilledRequest, factsOf, isFilled, takesPassword } from './approve.ts';
import { faultOfApproval } from './judge.ts';
import { type RequestPage, requestPage, type TypedDecision } from './page.ts';

export const title = 'Pedidos de acesso';

/** Of their own body; from the central one of all, so that those of one that has no Autorizador yet are decided, too. */
export const needs = { who: 'member', roles: ['cadastrador-autorizador'] as readonly Role[] } as const;

/** So long a role is given where nothing else is said, in days. */
const usualDays = 182;

interface Asking {
  readonly base: Base;
  readonly params: { readonly id: string };
  readonly session: SessionFacts;
  readonly place: Pick<Place, 'id'>;
  readonly now: Date;
  readonly formToken: string;
  readonly signIn: SignIn;
}

/**
 * Throws `page-unknown` also of one that is not theirs to see, and of one whose form was not filled in: it is nobody's.
 */
export async function filledOf({ base, params: { id }, place }: Asking): Promise<FilledRequest> {
  if (!isId(id)) throw new GuaritaError('page-unknown');
  return base.snapshot(
    async (questions) => {
      const request = await requestOf(questions, id);
      if (!isFilled(request)) throw new GuaritaError('page-unknown');
      const asked = { body: request.body.id, from: place.id };
      if (!(await seesBody(questions, asked))) throw new GuaritaError('page-unknown');
      return request;
    },
    { use: 'pages' },
  );
}

/** The same, locked, where this may still be done with it. Throws `done-already`. */
export async function lockFilled(
  tx: Transaction,
  id: string,
  step: Pick<Step, 'kind' | 'by'>,
  now: Date,
): Promise<FilledRequest> {
  const locked = await lockRequest(tx, id);
  if (!isFilled(locked) || !takes(standing(locked, now), step)) throw new GuaritaError('done-already');
  return locked;
}

export async function shownRequest(
  { base, session, now, formToken: token, signIn }: Asking,
  request: FilledRequest,
  more: Partial<Pick<RequestPage, 'decision' | 'document' | 'faults' | 'done'>>,
): Promise<PageAnswer> {
  const { id: me, cpf } = session.person;
  const page = await base.snapshot(
    async (questions) => {
      const until = new Date(now.getTime() + 1000);
      const facts = await factsOf(questions, request, { decider: { id: me, cpf }, until }, now);
      const { account, grantsEnd } = facts;
      const roles = account === null ? [] : await rolesOf(questions, account.id);
      const shown = account === null ? null : { name: account.name, email: account.email, roles };
      const fault = faultOfApproval(facts, now);
      return {
        account: shown,
        fault,
        grantsEnd,
        takesPassword: await takesPassword(questions, request, now),
      };
    },
    { use: 'pages' },
  );
  const decision: TypedDecision = {
    ...{ decisao: '', entrada: '', motivo: '' },
    ate: dayText(proposed(request.form.role, page.grantsEnd, now)),
  };
  const hasLoginUnico = signIn.loginUnico !== null;
  const status = more.faults === undefined ? 200 : 422;
  const main = requestPage({ request, me, now, token, ...page, hasLoginUnico, decision, ...more });
  return { title, status, main };
}

/** Half a year, or up to the end of the body's grant for who looks at people. */
function proposed(role: string, grantsEnd: string | null, now: Date): string {
  const usual = dayAfter(dayOf(now), usualDays);
  if (grantsEnd === null || !lookingRoles.some((one) => one === role)) return usual;
  const last = dayAfter(dayOf(new Date(Date.parse(grantsEnd) - 1)), 0);
  return last < usual ? last : usual;
}
