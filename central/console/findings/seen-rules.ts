import type { FindingsSeen } from '../../base/national-layer/findings-seen.ts';
import { typedViews } from '../../base/national-layer/typed-views.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { rules } from '../../treat/rules/all.ts';
import type { Rule } from '../../treat/rules/rule.ts';

/** What a rule looks at and somebody does not see, as `view.column`: what it finds would tell of that. */
export function unseenOf(rule: Rule, sight: Sight): readonly string[] {
  const { code, needs, needsOne = [] } = rule;
  const isSeen = (field: string) => {
    const [view = '', column] = field.split('.');
    return sight.sees(view, column);
  };
  // Of these what is hidden is left out by its column.
  return [...needs, ...(saysOfEach.has(code) ? [] : needsOne)].filter((field) => !isSeen(field));
}

/** Rules that say of each column by itself whether something is wrong with it. */
const saysOfEach: ReadonlySet<string> = new Set(['T05', 'T10', 'C17']);

/** The rules of a view of whose findings somebody may see the rows; null where they do not see the view. */
export function seenIn(view: string, sight: Sight, only?: string): FindingsSeen | null {
  const typed = typedViews.find((each) => each.view.name === view);
  if (typed === undefined || !sight.sees(view)) return null;
  const own = rules.filter((rule) => rule.view === view && (only === undefined || rule.code === only));
  return {
    ...{ view, rows: sight.view(view), isOfSomeStates: sight.states !== null },
    rules: own.filter((rule) => unseenOf(rule, sight).length === 0).map(({ code }) => code),
    hidden: typed.columns.map(({ name }) => name).filter((name) => !sight.sees(view, name)),
  };
}
