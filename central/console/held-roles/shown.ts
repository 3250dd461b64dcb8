import { GuaritaError } from '../../../shared/errors.ts';
import { type BodyRole, heldRole } from '../../base/access-layer/roles.ts';
import { seesBody } from '../../base/access-layer/seen-from.ts';
import type { Place, SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import type { Role } from '../access/roles.ts';
import { isId } from '../ids.ts';
import type { PageAnswer } from '../route.ts';
import { type EndForm, rolePage } from './page.ts';
import { type PasswordForm, passwordPart } from './password-page.ts';
import { type Reset, resetOf } from './reset.ts';

export const title = 'Papéis';
export const needs = { who: 'member', roles: ['cadastrador-autorizador'] as readonly Role[] } as const;

export interface Asking {
  readonly base: Base;
  readonly params: { readonly id: string };
  readonly session: SessionFacts;
  readonly place: Pick<Place, 'id'>;
  readonly formToken: string;
  readonly now: Date;
}

/**
 * A role that nobody has ended, and whether its person may be sent a password. Throws `page-unknown` also of one that is not
 * looked after from where they work.
 */
export async function roleAndReset({
  base,
  params: { id },
  place,
  now,
}: Asking): Promise<{ readonly role: BodyRole; readonly reset: Reset }> {
  const found = isId(id)
    ? await base.snapshot(
        async (questions) => {
          const role = await heldRole(questions, id);
          if (role === null || !(await seesBody(questions, { body: role.body, from: place.id }))) return null;
          return { role, reset: await resetOf(questions, { person: role.person.id, from: place.id }, now) };
        },
        { use: 'pages' },
      )
    : null;
  if (found === null) throw new GuaritaError('page-unknown');
  return found;
}

interface Typed {
  readonly end?: Omit<EndForm, 'token'>;
  readonly password?: Pick<PasswordForm, 'typed' | 'fault'>;
  readonly done?: string | null;
}

/** The page of a role: of one's own, nothing is asked on it. */
export function shownRole(
  { session, formToken, now }: Asking,
  { role, reset }: { readonly role: BodyRole; readonly reset: Reset },
  { end, password, done = null }: Typed = {},
): PageAnswer {
  const isOwn = role.person.id === session.person.id;
  const part = isOwn ? null : passwordPart(reset, { role: role.id, token: formToken, ...password });
  return {
    title,
    main: rolePage(role, { token: isOwn ? null : formToken, ...end }, { password: part, now, done }),
  };
}
