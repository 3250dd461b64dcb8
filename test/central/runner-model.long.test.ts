// Tier: long. The same model of the runner as in the quick tier, a thousand cases.
import t from 'tap';
import { holdsQueueRules } from './runner-model.ts';

void t.test('Q1–Q4 nothing due is lost, nothing runs twice at once, nothing starves', (t) =>
  holdsQueueRules(t, 1000),
);
