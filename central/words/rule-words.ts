import { standardViews } from '../../shared/dictionary/standard-views.ts';
import type { ListedFinding } from '../base/national-layer/list-findings.ts';
import { rules } from '../treat/rules/all.ts';
import type { Rule, Severity } from '../treat/rules/rule.ts';
import { severityNames } from '../treat/rules/severity-names.ts';
import { keyText } from './mask.ts';

const severities = Object.keys(severityNames) as Severity[];

/** What is told of a rule; of one that this version does not have, only its code. */
export interface ToldRule {
  readonly code: string;
  readonly severity: Severity | null;
  readonly wrong: string;
  readonly todo: string;
  readonly basis: string | null;
}

/** The rule by which something was found in a view. */
export function toldRule(code: string, view: string | null): ToldRule {
  const named = rules.filter((rule) => rule.code === code);
  const rule: Rule | undefined = named.find((each) => each.view === view) ?? named[0];
  if (rule === undefined) return { code, severity: null, wrong: '', todo: '', basis: null };
  const { severity, wrong, todo, basis = null } = rule;
  return { code, severity, wrong, todo, basis };
}

/** The worst first, what is not known last. */
export function bySeverity(a: ToldRule, b: ToldRule): number {
  const place = ({ severity }: ToldRule) =>
    severity === null ? severities.length : severities.indexOf(severity);
  return place(a) - place(b);
}

/** The column that a finding is about: its item, or the only one of its view that the rule looks at. */
export function columnOf({
  rule: code,
  view,
  item,
}: Pick<ListedFinding, 'rule' | 'view' | 'item'>): string | null {
  if (item !== '') return isColumn(view, item) ? item : null;
  const needs = rules.find((rule) => rule.code === code && rule.view === view)?.needs ?? [];
  const own = needs.flatMap((need) => (need.startsWith(`${view}.`) ? [need.slice(view.length + 1)] : []));
  return own.length === 1 ? (own[0] ?? null) : null;
}

/** The codes of all rules, each once. @param view of those that find its rows alone */
export function ruleCodes(view?: string): readonly string[] {
  const named = rules.filter((rule) => view === undefined || rule.view === view);
  return [...new Set(named.map(({ code }) => code))].toSorted();
}

/** What of a row a finding is about: the name of a column as it is, anything else names a row and is masked. */
export function itemText(view: string, item: string, reveal: boolean): string {
  if (item === '') return '';
  return isColumn(view, item) ? item : keyText([item], reveal);
}

function isColumn(view: string, name: string): boolean {
  return standardViews.some(
    (each) => each.name === view && each.columns.some((column) => column.name === name),
  );
}
