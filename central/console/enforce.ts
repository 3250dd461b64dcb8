import { GuaritaError } from '../../shared/errors.ts';
import type { BodyGrant, Place, SessionFacts } from '../base/access-layer/sessions.ts';
import { havePower, isRole, type Role } from './access/roles.ts';
import type { Case, Needs } from './route.ts';
import { idleMinutes } from './session-limits.ts';

/** What is known of who asks. */
export interface Asking {
  readonly session: SessionFacts | null;
  /** The case that the address names; null where it is none of this session. */
  readonly case: Case | null;
  readonly now: Date;
}

/** Who asks, as a route is given them. */
export interface Allowed {
  readonly session: SessionFacts | null;
  readonly place: Place | null;
  readonly roles: readonly Role[];
  readonly case: Case | null;
  readonly grant: BodyGrant | null;
}

/**
 * Whether who asks may have what a route needs: the one place that says so, for every route. Pure, and asked anew for each
 * request of what is in force then.
 * Throws `sign-in-needed`, `session-over`, `account-blocked`, `step-left`, `body-needed`, `second-factor-needed`,
 * `role-lacking`, `purpose-needed`, `grant-lacking`.
 */
export function allow(needs: Needs, { session, case: onCase, now }: Asking): Allowed {
  const nobody = { session, place: null, roles: [], case: null, grant: null };
  if (needs.who === 'anyone') {
    const here = session && inForce(session, now);
    return { ...nobody, session: here, ...(here !== null && workOf(here)) };
  }
  if (session === null) throw new GuaritaError('sign-in-needed');
  if (session.ended !== null || isOver(session, now)) throw new GuaritaError('session-over');
  if (session.blocked !== null) throw new GuaritaError('account-blocked');
  if (needs.who === 'signing-in') return { ...nobody, ...workOf(session) };
  if (session.stage !== 'aberta')
    throw new GuaritaError('step-left', '', { members: { stage: session.stage } });
  const { place, roles } = workOf(session);
  if (needs.who === 'signed-in') return { ...nobody, place, roles };
  if (place === null)
    throw new GuaritaError(placeOf(session) === null ? 'body-needed' : 'second-factor-needed');
  if (needs.roles.length > 0 && !needs.roles.some((role) => roles.includes(role))) {
    throw new GuaritaError('role-lacking');
  }
  const member = { session, place, roles, case: null, grant: null };
  if (needs.who === 'member') return member;
  // What was chosen in one body is not for the agreement of another one.
  if (onCase === null || onCase.body !== place.id) throw new GuaritaError('purpose-needed');
  // In an emergency, too, a body sees what its agreement names and no more.
  const grant = place.grants.find((one) => covers(one, needs, onCase));
  if (grant === undefined) throw new GuaritaError('grant-lacking');
  return { ...member, case: onCase, grant };
}

/** Of a page for whoever is signed in. */
const signedIn: Needs = { who: 'signed-in', roles: [], views: [], fields: [], showsPeople: false };

/**
 * What stands around the words of a refusal: who asks, where they work and may go, what they are at work on. Null of whom
 * nobody knows, or who has something left to do before they are in.
 */
export function around(asking: Asking): Allowed | null {
  const { session, case: onCase, now } = asking;
  if (session === null || inForce(session, now) === null || session.stage !== 'aberta') return null;
  const allowed = allow(signedIn, asking);
  return onCase === null || onCase.body !== allowed.place?.id ? allowed : { ...allowed, case: onCase };
}

/** Where somebody works, told on each page with where they may go from there: nothing before they are in with all it needs. */
function workOf(session: SessionFacts): Pick<Allowed, 'place' | 'roles'> {
  const place = placeOf(session);
  const roles = (place?.roles ?? []).filter(isRole);
  const isIn = session.stage === 'aberta' && (session.factor || !havePower(roles));
  return isIn ? { place, roles } : { place: null, roles: [] };
}

/** The body in which somebody works: the one that they chose, or the only one they have. */
export function placeOf({ body, places }: SessionFacts): Place | null {
  const chosen = places.find(({ id }) => id === body);
  return chosen ?? (places.length === 1 ? (places[0] ?? null) : null);
}

/** A session that is of use still: on a page for anyone, too, whoever has left it is nobody. */
function inForce(session: SessionFacts, now: Date): SessionFacts | null {
  return session.ended !== null || session.blocked !== null || isOver(session, now) ? null : session;
}

/** Whether a session has run out by itself. */
export function isOver({ used, limit }: Pick<SessionFacts, 'used' | 'limit'>, now: Date): boolean {
  return now.getTime() >= Math.min(Date.parse(used) + idleMinutes * 60_000, Date.parse(limit));
}

function covers(grant: BodyGrant, { views, fields }: Needs, { purpose, isEmergency }: Case): boolean {
  return (
    (isEmergency || grant.purposes.includes(purpose)) &&
    views.every((view) => grant.views.includes(view)) &&
    fields.every((field) => grant.sensitive.includes(field))
  );
}
