// Tier: quick. What the base shows of central's own file, on both bases.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { agesOfThePicture } from './published/ages.ts';
import { bounded } from './published/bounded.ts';
import { incremental } from './published/incremental.ts';
import { showsJobs } from './published/jobs.ts';
import { asTheStatus } from './published/status.ts';

onEachBase(t, async (t, bases) => {
  await t.test('jobs', (t) => showsJobs(t, bases));
  await t.test('as the status tells it', (t) => asTheStatus(t, bases));
  await t.test('of when it is', (t) => agesOfThePicture(t, bases));
  await t.test('bounded', (t) => bounded(t, bases));
  await t.test('incremental equals full', (t) => incremental(t, bases));
});
