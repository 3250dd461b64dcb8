import type { CentralConfig, SourceEntry } from '../../config.ts';
import type { CentralState } from '../../state/state.ts';
import type { Clock } from '../clock.ts';
import { ShownAnswers } from './answers.ts';
import { shownAttention } from './attention.ts';
import { Facts } from './facts.ts';
import { shownInvitations } from './invitations.ts';
import { shownJobs, shownRuns } from './logs.ts';
import type { Part } from './part.ts';
import { shownSchedule } from './schedule.ts';

/** All that the base shows of central's own file, its configuration and what it holds of its sources. */
export function shownParts(
  state: CentralState,
  config: Pick<CentralConfig, 'state' | 'schedule' | 'reconcile' | 'timeZone'>,
  sources: () => readonly SourceEntry[],
  clock: Clock,
): Part[] {
  return [
    shownJobs(state),
    shownRuns(state),
    ...new Facts(state, config.state, sources, clock).parts(),
    shownInvitations(config.state, clock),
    shownAttention(state),
    shownSchedule(state, config, sources, clock),
    new ShownAnswers(state),
  ];
}
