import type { Base } from '../../base/base.ts';
import { failedKeys } from '../../base/national-layer/failures.ts';
import type { Replaced } from '../../base/national-layer/findings.ts';
import { completeViews } from '../../base/national-layer/marks.ts';
import {
  findingsOfDay,
  type RuleOutcome,
  recordOutcomes,
  type ViewScore,
  weightOfFindings,
} from '../../base/national-layer/outcomes.ts';
import { holdLooking } from '../../base/national-layer/queue.ts';
import type { ViewToTreat } from '../../base/national-layer/treated-sources.ts';
import type { Rule } from '../rules/rule.ts';
import { scoreOf, weights } from '../rules/score.ts';
import type { TypedViewResult } from '../type/type-source.ts';
import { typingStep } from '../type/type-view.ts';
import { checkViews } from './check-views.ts';
import { isApplicable, viewsOf } from './rule-book.ts';
import type { VerdictsOptions } from './verdicts.ts';

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  readonly today: string;
  readonly signal: AbortSignal | undefined;
  readonly onFailed: VerdictsOptions['onFailed'];
}

/** How a source stands once it was checked. */
export interface Judged {
  readonly outcomes: readonly RuleOutcome[];
  readonly scores: readonly ViewScore[];
  /** The same of all their rows; null where there are none. */
  readonly score: number | null;
}

/**
 * What the check of a source came to, rule by rule and view by view, and records it. A rule that needs what the source
 * does not have, or looks at a view without rows, has not passed: it is not applicable. One that needs a view which
 * failed has failed. One that failed itself at some keys is told by what it found at the others, and by how many they are.
 */
export function judgeSource(
  base: Base,
  source: string,
  views: readonly ViewToTreat[],
  typed: readonly TypedViewResult[],
  { rules, today, signal, onFailed }: JudgeOptions,
): Promise<{ readonly judged: Judged; readonly replaced: readonly Replaced[] }> {
  const rowsOf = new Map(views.map(({ view, rows }) => [view, rows]));
  const columns = new Set(views.flatMap(({ view, described }) => described.map((name) => `${view}.${name}`)));
  const failedNow = new Set(typed.filter(({ outcome }) => outcome !== 'typed').map(({ view }) => view));
  const weightOf = Object.fromEntries(rules.map(({ code, severity }) => [code, weights[severity]]));
  return base.transaction(
    async (tx) => {
      // Else one of two might look at its views first, and be the last to say what was found of them.
      await holdLooking(tx, 'visao', source);
      // Also where nothing is typed this time: what was typed before is what is judged.
      const complete = await completeViews(tx, source, typingStep);
      const isTyped = (view: string) => complete.has(view) && !failedNow.has(view);
      const replaced = await checkViews(
        tx,
        source,
        views,
        rules.filter((rule) => rule.scope === 'view'),
        { today, onFailed },
      );
      const failed = await failedKeys(tx, source);
      const findings = await findingsOfDay(tx, source, today);
      const found = new Map(findings.map(({ rule, view, open }) => [`${rule} ${view}`, open]));
      const outcomes = rules.map((rule): RuleOutcome => {
        const { code, view } = rule;
        const open = found.get(`${code} ${view}`) ?? 0;
        const applicable =
          isApplicable(rule, (column) => columns.has(column)) &&
          ((rowsOf.get(view) ?? 0) > 0 || rule.scope === 'view');
        const broken = [...viewsOf(rule)].some((name) => rowsOf.has(name) && !isTyped(name));
        const outcome = !applicable ? 'not-applicable' : broken ? 'failed' : open > 0 ? 'found' : 'passed';
        return { rule: code, view, outcome, found: open, failed: failed.get(`${code} ${view}`) ?? 0 };
      });
      const taken = new Map((await weightOfFindings(tx, source, weightOf)).map((each) => [each.view, each]));
      const scores = views
        .filter(({ view }) => isTyped(view))
        .map(({ view, rows }): ViewScore => {
          const { touched = 0, weight = 0 } = taken.get(view) ?? {};
          return { view, rows, touched, weight, score: scoreOf(weight, rows) };
        });
      await recordOutcomes(tx, source, today, outcomes, findings, scores);
      const weight = scores.reduce((sum, each) => sum + each.weight, 0);
      const rows = scores.reduce((sum, { rows }) => sum + rows, 0);
      return { judged: { outcomes, scores, score: scoreOf(weight, rows) }, replaced };
    },
    { use: 'treating', signal },
  );
}
