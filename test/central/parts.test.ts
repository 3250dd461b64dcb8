// Tier: quick. In this process, without a server or a base.
import t from 'tap';
import { adoption } from './parts/adopt.ts';
import { configuration } from './parts/config.ts';
import { doubtsInWords } from './parts/doubt-words.ts';
import { endedSources } from './parts/ended.ts';
import { exportedTexts } from './parts/exported-texts.ts';
import { metricsOfCentral } from './parts/metrics.ts';
import { recovers } from './parts/recover.ts';
import { runs } from './parts/runner.ts';
import { statusIsJudged } from './parts/status.ts';
import { statusIsTold } from './parts/status-command.ts';
import { holdsQueueRules } from './runner-model.ts';

await t.test('adoption of the next key', adoption);
await t.test('config', configuration);
await t.test('doubt words', doubtsInWords);
await t.test('ended sources', endedSources);
await t.test('exported texts', exportedTexts);
await t.test('metrics', metricsOfCentral);
await t.test('recover', recovers);
await t.test('runner', runs);
await t.test('status', statusIsJudged);
await t.test('the command status', statusIsTold);
await t.test('Q1–Q4 nothing due is lost, nothing runs twice at once, nothing starves', (t) =>
  holdsQueueRules(t, 100),
);
