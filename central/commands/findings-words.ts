import { count } from '../../shared/count-format.ts';
import { dayText, zone } from '../../shared/day.ts';
import type { lastScores } from '../base/national-layer/day-figures.ts';
import type { CheckedSource, FindingCount } from '../base/national-layer/list-findings.ts';
import { wrapped } from '../status/wrapped.ts';
import { scoreOf } from '../treat/rules/score.ts';
import { severityNames } from '../treat/rules/severity-names.ts';
import { type ToldRule } from '../words/rule-words.ts';
import { scoreText } from '../words/score-words.ts';

/** More than a person reads; programs are told all. */
const mostShown = 200;
const day = new Intl.DateTimeFormat('pt-BR', { timeZone: zone });

/** A rule's findings in a view of a source, with what the rule says. */
export interface ToldCount extends FindingCount {
  readonly told: ToldRule;
}

/** What is open by rule and view, the worst first, and what could not be looked at. */
export function findingsText(
  counts: readonly ToldCount[],
  sources: readonly string[],
  checked: readonly CheckedSource[],
  scores: Awaited<ReturnType<typeof lastScores>>,
): string {
  const lines = counts.slice(0, mostShown).flatMap(findingLines);
  if (counts.length > mostShown)
    lines.push(`E mais ${count.format(counts.length - mostShown)} regras e visões.`);
  const total = counts.reduce((sum, { open }) => sum + open, 0);
  const all = checked.length === 0 ? [] : [`${count.format(total)} achados abertos.`];
  const unchecked = sources.filter((source) => !checked.some((each) => each.source === source));
  const failed = checked.filter((each) => each.failed.length > 0);
  const partly = checked.filter((each) => each.partly.length > 0);
  return [
    ...lines,
    ...all,
    ...scores.map(
      ({ source, day, weight, rows }) =>
        `${source}: nota ${scoreText(scoreOf(weight, rows))}, de ${dayText(day)}.`,
    ),
    ...failed.map((each) => `${each.source}: não puderam ser conferidas: ${each.failed.join(', ')}.`),
    ...partly.map((each) => `${each.source}: falharam em alguns casos: ${each.partly.join(', ')}.`),
    ...unchecked.map((source) => `${source}: ainda não tratado ("guarita-central treat ${source}").`),
    ...(sources.length === 0 ? ['A base ainda não tem nada de estado nenhum.'] : []),
  ].join('\n');
}

/** Two lines: what is wrong is a sentence, and would not fit beside the rest. */
function findingLines({ source, view, rule, open, oldest, told: { severity, wrong } }: ToldCount): string[] {
  const name = `${rule} ${severity === null ? '–' : severityNames[severity]}`;
  const what = `${name.padEnd(12)} ${source} ${view.padEnd(17)} ${count.format(open).padStart(10)}`;
  return [`${what}  desde ${day.format(new Date(oldest))}`, ...(wrong === '' ? [] : wrapped(wrong, '    '))];
}
