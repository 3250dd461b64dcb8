import type { ProgramContext } from '../../shared/program.ts';
import { layout } from '../service/layout.ts';
import { atMoment } from '../service/trial.ts';
import type { TrialMoment } from '../service/trial-moments.ts';

/** What the unit has the version before do while a newer one is on trial; not for people. */
export function trial(moment: TrialMoment, { environment }: ProgramContext): Promise<void> {
  return atMoment(moment, layout, environment['SERVICE_RESULT']);
}
