import type { Base, Transaction } from '../../base/base.ts';
import type { Replaced } from '../../base/national-layer/findings.ts';
import { nextKey } from '../../base/national-layer/next-key.ts';
import { doneOf, takeScope } from '../../base/national-layer/queue.ts';
import { type CheckedSubject, keptUnder } from '../../base/national-layer/subject.ts';
import { inSteps, type StepsOptions } from '../../base/steps.ts';
import { type CheckScopeOptions, checkScope } from './check-scope.ts';
import { bySource, type Looked } from './checked.ts';

/** What a step looks at is in memory, but for visits. */
const mostKeys = 2000;

/** What is checked, by which rules; as a job in steps. */
export interface CheckOptions extends CheckScopeOptions, StepsOptions {
  readonly subject: CheckedSubject;
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
    const checked = await checkScope(tx, { ...scope, subject }, { source, book, today, onFailed });
    replaced = bySource([...replaced, ...checked.replaced]);
    return doneOf(scope, most, checked.seen);
  };
  const { done } = await inSteps(base, step, { largest: mostKeys, ...steps });
  return { looked: done, replaced };
}
