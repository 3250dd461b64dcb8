import type { Place } from '../../base/access-layer/sessions.ts';
import { seenAmong, statesSeen } from '../access/states-seen.ts';
import { type StateCode, stateCodes } from './names.ts';

/**
 * The states that a body is told of: those that the agreements in force name; all of them by one that names none. A
 * body without an agreement in force is told of none, so that its end takes away and never gives.
 */
export function seenStates({ grants }: Pick<Place, 'grants'>): readonly StateCode[] {
  return seenAmong({ grants }, stateCodes);
}

/** Who is told of all states decides what waits for a person; a state's own body does not judge what the state did. */
export function mayDecide({ grants }: Pick<Place, 'grants'>): boolean {
  return statesSeen({ grants }) === null;
}
