import { openCentralState } from '../state/state.ts';
import { placeOf } from './job-queue.ts';

/** For a service that is started later: one that is at work sees by itself that a state was enrolled. */
export function oweFirstLoad(folder: string, source: string): void {
  const now = Date.now();
  const request = { kind: 'collect', source, view: null, reason: 'enrolled', due: now } as const;
  const state = openCentralState(folder);
  try {
    if (placeOf(request, state.jobs.open()).joins === null) state.jobs.add(request, now);
  } finally {
    state.close();
  }
}
