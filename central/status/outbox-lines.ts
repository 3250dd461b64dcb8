import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import type { OutboxFacts } from '../base/access-layer/outbox.ts';
import { problemText } from './problem-text.ts';
import { wrapped } from './wrapped.ts';

/** That what people are to be told by mail or webhook does not leave, since when, and what to do; none where it does. */
export function outboxLines(outbox: OutboxFacts | null): string[] {
  if (outbox === null || outbox.problem === null) return [];
  const { waiting, since, problem } = outbox;
  const from = since === null ? '' : `, a primeira desde ${writtenMoment(since)}`;
  const words = `! Cartas e avisos: não saem ${count.format(waiting)}${from} (${problemText(problem)} [${problem}])`;
  const [first = '', ...more] = wrapped(words, '  ');
  return [first.trimStart(), ...more, '  → guarita-central notices try'];
}
