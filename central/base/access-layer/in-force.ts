import { instant } from '../instants.ts';

const hour = 3_600_000;

/**
 * So long a role holds since it was given or last looked at anew: half a year, as access is recertified each half-year.
 * In hours of the clock, so that it is one length in each zone.
 */
export const recertifiedHours = 183 * 24;

/** So long before its end it is told that a role has to be looked at anew, and it may be. */
export const noticeHours = 30 * 24;

/** Until when a role holds without being looked at anew. @param role the alias of `acesso.papel` */
export function recertifyBy(role: string): string {
  return `(coalesce(${role}.recertificado, ${role}.desde) + interval '${recertifiedHours} hours')`;
}

/**
 * That a role holds at an instant, as far as it says itself: its body may have ended. Asked wherever roles are read for
 * what somebody may, so that its end needs nobody.
 */
export function roleHolds(role: string, now: string): string {
  return `${role}.desde <= ${now} AND ${roleMayHold(role, now)}`;
}

/** That it holds now, or will once its term begins. */
export function roleMayHold(role: string, now: string): string {
  return `${role}.encerrado IS NULL AND ${role}.ate > ${now} AND ${recertifyBy(role)} > ${now}`;
}

/** That it holds and lapses within the time of notice unless it is looked at anew: its term goes on. */
export function roleIsDue(role: string, now: string): string {
  return `${roleHolds(role, now)} AND ${recertifyBy(role)} < ${role}.ate
    AND ${recertifyBy(role)} <= ${now} + interval '${noticeHours} hours'`;
}

/** So long somebody may do nothing before they are kept out. */
export const idleHours = 90 * 24;

/** Why somebody is kept out, and since when. */
export interface Blocked {
  readonly since: string;
  /** `operator`: somebody said so; `idle`: they did nothing for so long. */
  readonly why: 'operator' | 'idle';
}

/**
 * Until when somebody is let in without having done anything: so long after they were last at work, an account or a role
 * was given to them, or they were unblocked. A session in which something is left to do before it is of use is no work.
 * @param person the alias of `acesso.pessoa`
 */
function idleFrom(person: string, now: string): string {
  return `(greatest(${person}.criada, ${person}.desbloqueada,
    (SELECT max(s_uso.usada) FROM acesso.sessao s_uso WHERE s_uso.pessoa = ${person}.id AND s_uso.etapa = 'aberta'),
    (SELECT max(r_uso.desde) FROM acesso.papel r_uso WHERE r_uso.pessoa = ${person}.id AND r_uso.desde <= ${now}))
    + interval '${idleHours} hours')`;
}

/** `Blocked` as JSON; null of who may enter. */
export function blockedAt(person: string, now: string): string {
  return `CASE WHEN ${person}.bloqueada IS NOT NULL
      THEN json_build_object('since', ${instant(`${person}.bloqueada`)}, 'why', 'operator')
    WHEN ${idleFrom(person, now)} <= ${now}
      THEN json_build_object('since', ${instant(idleFrom(person, now))}, 'why', 'idle') END`;
}

/** Whether a role is to be looked at anew, or should have been. */
export function isDue(recertifyBy: string, now: Date): boolean {
  return Date.parse(recertifyBy) - now.getTime() <= noticeHours * hour;
}
