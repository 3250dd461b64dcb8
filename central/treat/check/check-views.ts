import type { Transaction } from '../../base/base.ts';
import { clearFailures, recordFailures } from '../../base/national-layer/failures.ts';
import { type Replaced, replaceFindings, stageFindings } from '../../base/national-layer/findings.ts';
import type { ViewToTreat } from '../../base/national-layer/treated-sources.ts';
import { viewVolumes } from '../../base/national-layer/volumes.ts';
import type { ViewRule } from '../rules/rule.ts';
import { thresholds } from '../rules/thresholds.ts';
import { Verdicts, type VerdictsOptions } from './verdicts.ts';

/** Looks at the views of a source as wholes, beside what they were, and replaces what was found of them. */
export async function checkViews(
  tx: Transaction,
  source: string,
  views: readonly ViewToTreat[],
  rules: readonly ViewRule[],
  { today, onFailed }: Pick<VerdictsOptions, 'today' | 'onFailed'>,
): Promise<Replaced[]> {
  const volumes = await viewVolumes(tx, source, today, thresholds.remembered.value);
  const scope = { subject: 'visao', under: source, after: null, upTo: null } as const;
  await clearFailures(tx, scope);
  const stage: VerdictsOptions['stage'] = async (findings, failures) => {
    await stageFindings(tx, findings);
    await recordFailures(tx, scope, failures);
  };
  const verdicts = new Verdicts({ source, today, stage, onFailed });
  for (const { view, rows } of views) {
    const { most = null, still = null } = volumes.get(view) ?? {};
    for (const rule of rules.filter((each) => each.view === view)) {
      verdicts.add(rule, view, () =>
        rule.find({ rows, most, still }).map((item) => ({ view: rule.view, id: '', item: item ?? '' })),
      );
    }
  }
  await recordFailures(tx, scope, verdicts.failures);
  return replaceFindings(tx, scope, verdicts, { allBut: [] });
}
