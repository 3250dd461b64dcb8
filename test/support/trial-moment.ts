import { join } from 'node:path';
import { atMoment } from '../../agent/service/trial.ts';
import type { TrialMoment } from '../../agent/service/trial-moments.ts';

// One moment of a trial, in a folder of a test's own, as a process that can be killed.

const [, , moment, folder = '', result] = process.argv;
const places = {
  binary: join(folder, 'program'),
  previous: join(folder, 'previous'),
  trial: join(folder, 'trial.json'),
};
await atMoment(moment as TrialMoment, places, result);
