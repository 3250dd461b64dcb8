import type { Base, Transaction } from '../../base/base.ts';
import { clearFailures, recordFailures } from '../../base/national-layer/failures.ts';
import { type Replaced, replaceFindings, stageFindings } from '../../base/national-layer/findings.ts';
import { nextKey } from '../../base/national-layer/next-key.ts';
import { doneOf, setDue, takeScope } from '../../base/national-layer/queue.ts';
import { type CheckedSubject, keptUnder } from '../../base/national-layer/subject.ts';
import { inSteps, type StepsOptions } from '../../base/steps.ts';
import { bySource, type Looked } from './checked.ts';
import { looks } from './look.ts';
import type { RuleBook } from './rule-book.ts';
import { Verdicts, type VerdictsOptions } from './verdicts.ts';

/** What a step looks at is in memory, but for visits. */
const mostKeys = 2000;

/** What rules look at: but for views as wholes, which are looked at each time. */
export type CheckedSubject = Exclude<Subject, 'pessoa' | 'visao'>;

/** What is checked, by which rules; as a job in steps. */
export interface CheckOptions extends StepsOptions {
  readonly source: string;
  readonly subject: CheckedSubject;
  readonly book: RuleBook;
  /** `2026-01-31` */
  readonly today: string;
  readonly onFailed: VerdictsOptions['onFailed'];
}

/** Looks again at all that waits for it of a subject, in steps, and replaces what was found of it. */
export async function checkSubject(
  base: Base,
  { source, subject, book, today, onFailed, ...steps }: CheckOptions,
): Promise<Looked> {
  const under = keptUnder(subject, source);
  let replaced: readonly Replaced[] = [];
  const step = async (tx: Transaction, most: number): Promise<number> => {
    const scope = await takeScope(tx, subject, under, most, (after, skip) =>
      nextKey(tx, subject, under, after, skip),
    );
    if (scope === null) return 0;
    await clearFailures(tx, scope);
    const stage: VerdictsOptions['stage'] = async (findings, failures) => {
      await stageFindings(tx, findings);
      await recordFailures(tx, scope, failures);
    };
    const verdicts = new Verdicts({ source, today, stage, onFailed });
    const looked = await looks[subject](tx, scope, source, book, verdicts);
    await recordFailures(tx, scope, verdicts.failures);
    const now = await replaceFindings(tx, scope, verdicts, book.withheld);
    await setDue(tx, scope, verdicts.due);
    replaced = bySource([...replaced, ...now]);
    return doneOf(scope, most, looked);
  };
  const { done } = await inSteps(base, step, { largest: mostKeys, ...steps });
  return { looked: done, replaced };
}
