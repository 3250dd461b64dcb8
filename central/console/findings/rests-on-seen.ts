import type { Granted, Sight } from '../../base/sight/sight.ts';
import { rules } from '../../treat/rules/all.ts';
import type { Rule } from '../../treat/rules/rule.ts';

/** Views of which a body may see some rows and not others: whoever looks at all of them sees more. */
const partly = ['visitante', 'visita', 'vinculo'];

/** Whether of these a body sees all rows. */
export function seesAllRows({ sensitive }: Pick<Granted, 'sensitive'>): boolean {
  return sensitive.includes('vinculo.advogados') && sensitive.includes('visitante.menores');
}

/**
 * Which rule finds the same by other evidence, where the first one's is not seen: if nothing were told, that would say that
 * two CPFs are one.
 */
export const foundOtherwise: Readonly<Record<string, string>> = { C07a: 'C07b' };

export function ruleOf(code: string, view: string): Rule | undefined {
  return rules.find((rule) => rule.code === code && rule.view === view);
}

/**
 * What a body has to be asked before it is shown what a rule found: `yes`, it rests on rows that it sees anyway; `no`, on
 * what it does not see; `anew`: the rule looks at registers of other states, and is asked again of those that are seen.
 */
export function restsOnSeen(rule: Rule, item: string, sight: Sight, allRows: boolean): 'yes' | 'no' | 'anew' {
  const sees = (field: string) => {
    const [view = '', column] = field.split('.');
    return sight.sees(view, column);
  };
  const { needs, needsOne = [] } = rule;
  if (!sight.sees(rule.view) || !needs.every(sees)) return 'no';
  // What is found of one column rests on that one: one that is not seen is not told of, and others do not matter.
  const one = item !== '' && [...needs, ...needsOne].includes(`${rule.view}.${item}`);
  if (item !== '' && !sight.sees(rule.view, item)) return 'no';
  if (!one && !needsOne.every(sees)) return 'no';
  const looksAt = [...needs, ...needsOne].map((field) => field.split('.')[0] ?? '');
  const others = looksAt.filter((view) => view !== rule.view);
  if (!allRows && others.some((view) => partly.includes(view))) return 'no';
  switch (rule.scope) {
    case 'person':
      return sight.states === null ? 'yes' : 'anew';
    case 'shared':
      if (sight.states === null) return 'yes';
      // Those of one state among each other (P19), or no one knows of which.
      return rule.by === 'identity' ? (rule.view === 'custodiado' ? 'yes' : 'no') : 'anew';
    case 'both':
      return sight.states === null && allRows ? 'yes' : 'no';
    default:
      return 'yes';
  }
}
