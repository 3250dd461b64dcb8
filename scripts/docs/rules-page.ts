import type { Rule } from '../../central/treat/rules/rule.ts';
import { severityNames } from '../../central/treat/rules/severity-names.ts';
import { type Threshold, thresholds } from '../../central/treat/rules/thresholds.ts';
import { tableRow, tableRule } from './table-row.ts';

const code = (text: string) => `\`${text}\``;

/** Where the page tells of a rule: `regras.md#p01`. */
export function ruleLink(rule: string): string {
  return `regras.md#${rule.toLowerCase()}`;
}

/** What it cannot do without, told once for all the views that it looks at. */
function needsOf({ needs, needsOne = [] }: Pick<Rule, 'needs' | 'needsOne'>): string {
  const one = needsOne.length === 0 ? [] : [`um de ${needsOne.map(code).join(', ')}`];
  return [...needs.map(code), ...one].join('; ');
}

/** What a rule says of itself. */
export type RuleTold = Pick<
  Rule,
  'code' | 'severity' | 'view' | 'wrong' | 'todo' | 'basis' | 'needs' | 'needsOne'
>;

/** A code may have a rule for each of several views, all of which say the same. */
function line(same: readonly [RuleTold, ...RuleTold[]]): string {
  const [rule] = same;
  const anchor = ruleLink(rule.code).split('#')[1];
  return tableRow(
    ...[`<a id="${anchor}"></a>${code(rule.code)}`, severityNames[rule.severity]],
    ...[same.map(({ view }) => code(view)).join(', '), rule.wrong, rule.todo, rule.basis ?? ''],
    same.length === 1 ? needsOf(rule) : 'as colunas de cada visão',
  );
}

const headings = ['código', 'gravidade', 'visões', 'o que está errado', 'o que fazer', 'base', 'precisa de'];
const limitHeadings = ['o que', 'limite', 'de onde vem'];

/** The rules, for those who mend what they find: Portuguese. */
export function rulesPage(rules: readonly RuleTold[]): string {
  const byCode = [...Map.groupBy(rules, (rule) => rule.code)].sort(([a], [b]) => (a < b ? -1 : 1));
  const limits: readonly Threshold[] = Object.values(thresholds);
  return [
    '# Regras',
    '',
    'Feito por `npm run docs` a partir de `central/treat/rules/`. É com estas regras que a central confere o que os',
    'estados informam. Uma regra só vale para um estado que mostra as colunas de que ela precisa. O que é cada coluna',
    'está no [dicionário de dados](dicionario.md).',
    '',
    ...[tableRow(...headings), tableRule(headings.length)],
    ...byCode.map(([, same]) => line(same as [RuleTold, ...RuleTold[]])),
    '',
    '## Limites',
    '',
    ...[tableRow(...limitHeadings), tableRule(limitHeadings.length)],
    ...limits.map(({ what, value, unit, source }) => tableRow(what, `${value} ${unit}`, source)),
    '',
  ].join('\n');
}
