import { rules } from '../../central/treat/rules/all.ts';
import type { Rule, Severity } from '../../central/treat/rules/rule.ts';
import { thresholds } from '../../central/treat/rules/thresholds.ts';

const severities: Readonly<Record<Severity, string>> = {
  critical: 'crítica',
  grave: 'grave',
  medium: 'média',
  low: 'baixa',
};

const code = (text: string) => `\`${text}\``;

/** What it cannot do without, told once for all the views that it looks at. */
function needsOf(rule: Rule): string {
  const { needs, needsOne = [] } = rule;
  const one = needsOne.length === 0 ? [] : [`um de ${needsOne.map(code).join(', ')}`];
  return [...needs.map(code), ...one].join('; ');
}

function line(same: readonly Rule[]): string {
  const [rule] = same as [Rule];
  const { wrong, todo, basis } = rule;
  const views = same.map(({ view }) => code(view)).join(', ');
  const cells = [code(rule.code), severities[rule.severity], views, wrong, todo, basis ?? ''];
  return `| ${[...cells, same.length === 1 ? needsOf(rule) : 'as colunas de cada visão'].join(' | ')} |`;
}

/** The rules, for those who mend what they find: Portuguese. */
export function rulesPage(): string {
  const byCode = [...Map.groupBy(rules, (rule) => rule.code)].sort(([a], [b]) => (a < b ? -1 : 1));
  const limits = Object.values(thresholds).map(
    ({ what, value, unit, source }) => `| ${what} | ${value} ${unit} | ${source} |`,
  );
  return [
    '# Regras',
    '',
    'Feito por `npm run docs` a partir de `central/treat/rules/`. É com estas regras que a central confere o que os',
    'estados informam. Uma regra só vale para um estado que mostra as colunas de que ela precisa.',
    '',
    '| código | gravidade | visões | o que está errado | o que fazer | base | precisa de |',
    '|---|---|---|---|---|---|---|',
    ...byCode.map(([, same]) => line(same)),
    '',
    '## Limites',
    '',
    '| o que | limite | de onde vem |',
    '|---|---|---|',
    ...limits,
    '',
  ].join('\n');
}
