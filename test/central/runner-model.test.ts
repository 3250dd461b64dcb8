// Tier: quick. The runner under random jobs, meetings, kills, clocks and failures, with its real file: a hundred cases.
import t from 'tap';
import { holdsQueueRules } from './runner-model.ts';

void t.test('Q1–Q4 nothing due is lost, nothing runs twice at once, nothing starves', (t) =>
  holdsQueueRules(t, 100),
);
