import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';

import { problemText } from './problem-text.ts';
import { wrapped } from './wrapped.ts';

/** What waits to be told to people by mail or webhook. */
export interface WaitingLetters {
  readonly waiting: number;
  /** Since when the first of them waits, ISO 8601; null without any. */
  readonly since: string | null;
  /** Code of the problem that the last try met; null where none did. */
  readonly problem: string | null;
}

/** That what people are to be told by mail or webhook does not leave, since when, and what to do; none where it does. */
export function outboxLines(outbox: WaitingLetters | null): string[] {
  if (outbox === null || outbox.problem === null) return [];
  const { waiting, since, problem } = outbox;
  const from = since === null ? '' : `, a primeira desde ${writtenMoment(since)}`;
  const words = `! Cartas e avisos: não saem ${count.format(waiting)}${from} (${problemText(problem)} [${problem}])`;
  const [first = '', ...more] = wrapped(words, '  ');
  return [first.trimStart(), ...more, '  → guarita-central notices try'];
}
