import { isDue } from './in-force.ts';

/** What says how long a role holds; instants are ISO 8601. */
export interface RoleTerm {
  readonly from: string;
  readonly until: string;
  /** Until when it holds without being looked at anew. */
  readonly recertifyBy: string;
  /** When its body ended; null: it is open. */
  readonly bodyEnded: string | null;
}

/**
 * How a role stands that nobody has ended: its body has ended, its term is over, it was not looked at anew in time, its term
 * has not begun, it is to be looked at anew before it lapses, or it holds and there is nothing to do.
 */
export type RoleStanding = 'body-ended' | 'over' | 'lapsed' | 'ahead' | 'due' | 'holds';

/** The same rule as `roleHolds`, for who is told: of a role that is over nobody need do anything. */
export function standingOf({ from, until, recertifyBy, bodyEnded }: RoleTerm, now: Date): RoleStanding {
  const isPast = (at: string) => Date.parse(at) <= now.getTime();
  if (bodyEnded !== null && isPast(bodyEnded)) return 'body-ended';
  if (isPast(until)) return 'over';
  if (isPast(recertifyBy)) return 'lapsed';
  if (!isPast(from)) return 'ahead';
  return Date.parse(recertifyBy) < Date.parse(until) && isDue(recertifyBy, now) ? 'due' : 'holds';
}
