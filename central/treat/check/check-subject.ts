import type { Base, Transaction } from '../../base/base.ts';
import { replaceFindings, stageFindings } from '../../base/national-layer/findings.ts';
import { nextKey } from '../../base/national-layer/next-key.ts';
import { doneOf, setDue, takeScope } from '../../base/national-layer/queue.ts';
import { keptUnder, type Subject } from '../../base/national-layer/subject.ts';
import { inSteps, type StepsOptions } from '../../base/steps.ts';
import { looks } from './look.ts';
import type { RuleBook } from './rule-book.ts';
import { Verdicts } from './verdicts.ts';

/** What a step looks at is in memory, but for visits. */
const mostKeys = 2000;

/** What is checked, by which rules; as a job in steps. */
export interface CheckOptions extends StepsOptions {
  readonly source: string;
  readonly subject: Exclude<Subject, 'pessoa' | 'visao'>;
  readonly book: RuleBook;
  /** `2026-01-31` */
  readonly today: string;
}

export interface Checked {
  readonly looked: number;
  readonly opened: number;
  readonly resolved: number;
}

/** Looks again at all that waits for it of a subject, in steps, and replaces what was found of it. */
export async function checkSubject(
  base: Base,
  { source, subject, book, today, ...steps }: CheckOptions,
): Promise<Checked> {
  const under = keptUnder(subject, source);
  const counts = { opened: 0, resolved: 0 };
  const step = async (tx: Transaction, most: number): Promise<number> => {
    const scope = await takeScope(tx, subject, under, most, (after, skip) =>
      nextKey(tx, subject, under, after, skip),
    );
    if (scope === null) return 0;
    const verdicts = new Verdicts(source, today, (findings) => stageFindings(tx, findings));
    const looked = await looks[subject](tx, scope, source, book, verdicts);
    const { opened, resolved } = await replaceFindings(
      tx,
      scope,
      verdicts.findings,
      verdicts.failures,
      book.withheld,
    );
    await setDue(tx, scope, verdicts.due);
    counts.opened += opened;
    counts.resolved += resolved;
    return doneOf(scope, most, looked);
  };
  const { done } = await inSteps(base, step, { largest: mostKeys, ...steps });
  return { looked: done, ...counts };
}
