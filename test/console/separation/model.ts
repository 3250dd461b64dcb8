import { idleHours, noticeHours, recertifiedHours } from '../../../central/base/access-layer/in-force.ts';
import { roles as known, lookingRoles, type Role } from '../../../central/console/access/roles.ts';

const hour = 3_600_000;
/** The first body is the central one. */
const central = 0;

/** Written for itself, without a look at how the base does it: rows, instants in milliseconds, and what follows. */
export interface ModelRole {
  readonly person: number;
  readonly body: number;
  readonly role: Role;
  readonly from: number;
  readonly until: number;
  recertified: number;
  ended: boolean;
  words: { readonly by: number; readonly at: number }[];
}

export interface ModelPerson {
  isBlocked: boolean;
  /** The last sign that they are about: a session that was used, an account, a role, an unblocking. */
  about: number;
}

/** Who may do what, by what happened. */
export class Model {
  readonly people: ModelPerson[] = [];
  readonly bodies: { isEnded: boolean }[] = [];
  readonly roles: ModelRole[] = [];
  readonly grants: { readonly body: number; readonly until: number; isEnded: boolean }[] = [];

  isBlocked(person: number, now: number): boolean {
    const { isBlocked, about } = this.people[person] as ModelPerson;
    return isBlocked || about + idleHours * hour <= now;
  }

  /** Given and not ended, whether or not it holds: at most one of a person, body and name. */
  standing(person: number, body: number, role: Role): ModelRole | null {
    return (
      this.roles.find(
        (one) => !one.ended && one.person === person && one.body === body && one.role === role,
      ) ?? null
    );
  }

  isInForce(role: ModelRole, now: number): boolean {
    return (
      !role.ended &&
      now < role.until &&
      now < role.recertified + recertifiedHours * hour &&
      this.bodies[role.body]?.isEnded === false
    );
  }

  /** What somebody is in a body, by name. */
  rolesIn(person: number, body: number, now: number): Role[] {
    return this.roles
      .filter((one) => one.person === person && one.body === body && this.isInForce(one, now))
      .map(({ role }) => role)
      .toSorted();
  }

  /** In which body somebody is at work who chose this one: without a role there, in the only one they have. */
  worksIn(person: number, chosen: number, now: number): number | null {
    const has = this.bodies.flatMap((_, body) => (this.rolesIn(person, body, now).length > 0 ? [body] : []));
    if (has.includes(chosen)) return chosen;
    return has.length === 1 ? (has[0] ?? null) : null;
  }

  /** Whether somebody who chose this body lets people into another from where they are at work: that one, or the central one. */
  letsIn(person: number, chosen: number, into: number, now: number): boolean {
    const body = this.worksIn(person, chosen, now);
    const isFor = body === into || body === central;
    return body !== null && isFor && this.rolesIn(person, body, now).includes('cadastrador-autorizador');
  }

  /** Whether somebody who chose this body may let another in whom something keeps out. */
  unblocks(person: number, chosen: number, whom: number, now: number): boolean {
    const held = this.roles.filter((one) => !one.ended && one.person === whom).map(({ body }) => body);
    const from = this.worksIn(person, chosen, now);
    if (from === null || held.length === 0 || !this.letsIn(person, chosen, from, now)) return false;
    return from === central || (held.includes(from) && !held.includes(central) && this.isIdle(whom, now));
  }

  /** What somebody has or may have again, in whichever body. */
  held(person: number, now: number): Role[] {
    return this.roles
      .filter((one) => one.person === person && !one.ended && now < one.until)
      .map(({ role }) => role);
  }

  isDue(role: ModelRole, now: number): boolean {
    const end = role.recertified + recertifiedHours * hour;
    const inBody = this.bodies[role.body]?.isEnded === false;
    return inBody && !role.ended && now < role.until && end < role.until && end <= now + noticeHours * hour;
  }

  /** Those who said that it goes on, in words that count. */
  saidBy(role: ModelRole, now: number): number[] {
    return role.words
      .filter(
        ({ by, at }) =>
          at > role.recertified && at > now - noticeHours * hour && this.maySay(by, role.body, now),
      )
      .map(({ by }) => by);
  }

  /** Whether somebody could say a word about a body still: blocked by nobody, and in the role for it, there or in the central one. */
  maySay(person: number, body: number, now: number): boolean {
    const isAutorizador = this.roles.some(
      (one) =>
        one.person === person &&
        one.role === 'cadastrador-autorizador' &&
        (one.body === body || one.body === central) &&
        this.isInForce(one, now),
    );
    return isAutorizador && this.people[person]?.isBlocked === false;
  }

  /** Whether somebody was kept out for having done nothing, and for nothing else. */
  isIdle(person: number, now: number): boolean {
    return this.isBlocked(person, now) && this.people[person]?.isBlocked === false;
  }

  /** Whether somebody who chose this body may look at people for it. */
  mayLook(person: number, body: number, now: number): boolean {
    const granted = this.grants.some((one) => one.body === body && !one.isEnded && now < one.until);
    return granted && this.rolesIn(person, body, now).some((role) => lookingRoles.includes(role));
  }
}

export function hasPower(role: Role): boolean {
  return known[role].hasPower;
}
