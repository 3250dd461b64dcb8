// Tier: quick. In this process, without a server.
import t from 'tap';
import { keysAreGiven } from './parts/keys-given.ts';
import { pageSizes } from './parts/page-size.ts';
import { pageTrails } from './parts/page-trail.ts';
import { viewRuns } from './parts/view-run.ts';
import { stepsOfViewRuns } from './parts/view-run-steps.ts';

await t.test('keys given', keysAreGiven);
await t.test('page size', pageSizes);
await t.test('page trail', pageTrails);
await t.test('view run', viewRuns);
await t.test('view run steps', stepsOfViewRuns);
