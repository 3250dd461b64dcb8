import type { Action } from './action.ts';
import { accountBlocked, accountUnblocked, accountUnblockedOnPage } from './actions/blocking.ts';
import { bodyEnded, grantAdded, grantEnded } from './actions/bodies.ts';
import { looked } from './actions/looking.ts';
import { roleJudged } from './actions/recertification.ts';
import { requestApproved } from './actions/requests.ts';
import { roleEnded, roleGiven, roleRecertified } from './actions/roles.ts';
import { timePasses, timePassesAtWork } from './actions/time.ts';

/** All that is done about who may do what. */
export const actions: readonly Action[] = [
  ...[accountBlocked, accountUnblocked, accountUnblockedOnPage],
  ...[bodyEnded, grantAdded, grantEnded],
  ...[looked, requestApproved, roleJudged],
  ...[roleEnded, roleGiven, roleRecertified],
  ...[timePasses, timePassesAtWork],
];
