import type { Transaction } from '../../base/base.ts';
import { clearFailures, recordFailures } from '../../base/national-layer/failures.ts';
import { type Replaced, replaceFindings, stageFindings } from '../../base/national-layer/findings.ts';
import { type Scope, setDue } from '../../base/national-layer/queue.ts';
import type { CheckedSubject } from '../../base/national-layer/subject.ts';
import { looks } from './look.ts';
import type { RuleBook } from './rule-book.ts';
import { Verdicts, type VerdictsOptions } from './verdicts.ts';

/** Whose keys are looked at, by which rules, and as of which day. */
export interface CheckScopeOptions extends Pick<VerdictsOptions, 'source' | 'today' | 'onFailed'> {
  readonly book: RuleBook;
  /** They are not all that look at the keys: what others have found there, failed at and wait for stays. */
  readonly beside?: boolean;
}

/** What looking at the keys of a scope came to. */
interface CheckedScope {
  /** Keys of which there was something. */
  readonly seen: number;
  readonly replaced: readonly Replaced[];
}

/** Looks at the keys of a scope, and replaces what had been found there. */
export async function checkScope(
  tx: Transaction,
  scope: Scope & { readonly subject: CheckedSubject },
  { book, beside = false, ...options }: CheckScopeOptions,
): Promise<CheckedScope> {
  await clearFailures(tx, scope, beside ? { only: book.asked } : { allBut: [] });
  const verdicts = new Verdicts({
    ...options,
    stage: async (findings, failures) => {
      await stageFindings(tx, findings);
      await recordFailures(tx, scope, failures);
    },
  });
  const seen = await looks[scope.subject](tx, scope, options.source, book, verdicts);
  await recordFailures(tx, scope, verdicts.failures);
  const asked = beside ? { only: book.asked } : { allBut: book.withheld };
  const replaced = await replaceFindings(tx, scope, verdicts, asked);
  if (!beside) await setDue(tx, scope, verdicts.due);
  return { seen, replaced };
}
