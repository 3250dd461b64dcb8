import { daysAgo } from '../../../shared/day.ts';
import type { Questions } from '../../base/base.ts';
import {
  type DayFigures,
  dayFigures,
  lastRules,
  lastViews,
  type RuleFigures,
} from '../../base/national-layer/day-figures.ts';
import { type CheckedSource, checkedSources } from '../../base/national-layer/list-findings.ts';
import { scoreOf } from '../../treat/rules/score.ts';

/** So many days are told, today included. */
export const daysTold = 90;

/** A state as it was on the last day on which it was treated, and on the first of those that are told. */
export interface StateFigures {
  readonly source: string;
  readonly last: DayFigures | null;
  readonly first: DayFigures | null;
}

export function scoreOn({ weight, rows }: Pick<DayFigures, 'weight' | 'rows'>): number | null {
  return scoreOf(weight, rows);
}

/** How states are; those that were not treated in these days have nothing. */
export async function stateFigures(
  questions: Questions,
  sources: readonly string[],
): Promise<readonly StateFigures[]> {
  const figures = await dayFigures(questions, { sources, since: daysAgo(daysTold - 1) });
  const bySource = Map.groupBy(figures, ({ source }) => source);
  return sources.map((source) => {
    const days = bySource.get(source) ?? [];
    return { source, first: days[0] ?? null, last: days.at(-1) ?? null };
  });
}

/** A state in all that is told of it. */
export interface StateDetail {
  readonly days: readonly DayFigures[];
  readonly views: Awaited<ReturnType<typeof lastViews>>;
  readonly rules: readonly RuleFigures[];
  readonly checked: CheckedSource | null;
}

export async function stateDetail(questions: Questions, source: string): Promise<StateDetail> {
  const [checked = null] = await checkedSources(questions, [source]);
  return {
    days: await dayFigures(questions, { sources: [source], since: daysAgo(daysTold - 1) }),
    views: await lastViews(questions, source),
    rules: await lastRules(questions, source),
    checked,
  };
}

/** The days of one rule in a view of a state. */
export function ruleDays(
  questions: Questions,
  source: string,
  view: string,
  rule: string,
): Promise<DayFigures[]> {
  return dayFigures(questions, { sources: [source], since: daysAgo(daysTold - 1), view, rule });
}
