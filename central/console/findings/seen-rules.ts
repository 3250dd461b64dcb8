import type { FindingsSeen } from '../../base/national-layer/findings-seen.ts';
import { typedViews } from '../../base/national-layer/typed-views.ts';
import type { Granted, Sight } from '../../base/sight/sight.ts';
import { rules } from '../../treat/rules/all.ts';
import type { Rule } from '../../treat/rules/rule.ts';
import { foundOtherwise, restsOnSeen, seesAllRows } from './rests-on-seen.ts';

/**
 * What a rule looks at and somebody does not see, in words: what it finds would tell of that. Of one that says of each
 * column by itself what is wrong with it, those that are seen do not matter.
 */
export function unseenOf({ needs, needsOne = [], scope }: Rule, sight: Sight): readonly string[] {
  const unseen = [...needs, ...needsOne].filter((field) => {
    const [view = '', column] = field.split('.');
    return !sight.sees(view, column);
  });
  if (unseen.length > 0) return unseen;
  const isOfOthers = sight.states !== null && (scope === 'both' || scope === 'shared');
  return [isOfOthers ? 'outros estados' : 'parte dos visitantes, das visitas e dos vínculos'];
}

/** The rules of a view by which something may be told to somebody; null where they do not see the view. */
export function seenIn(
  view: string,
  sight: Sight,
  granted: Pick<Granted, 'sensitive'>,
  only?: string,
): FindingsSeen | null {
  const typed = typedViews.find((each) => each.view.name === view);
  if (typed === undefined || !sight.sees(view)) return null;
  const own = rules.filter((rule) => rule.view === view);
  const mayRest = (rule: Rule) => rests(rule, sight, seesAllRows(granted));
  const told = own.filter((rule) => (only === undefined || rule.code === only) && mayRest(rule));
  const otherwise = own.filter(
    (rule) => !mayRest(rule) && told.some(({ code }) => code === foundOtherwise[rule.code]),
  );
  return {
    ...{ view, rows: sight.view(view), rules: [...told, ...otherwise].map(({ code }) => code) },
    hidden: typed.columns.map(({ name }) => name).filter((name) => !sight.sees(view, name)),
  };
}

/** Whether anything that it finds may be told: of each of its columns by itself, or of all that it looks at. */
function rests(rule: Rule, sight: Sight, allRows: boolean): boolean {
  const own = (rule.needsOne ?? []).filter((field) => field.startsWith(`${rule.view}.`));
  const items = ['', ...own.map((field) => field.slice(rule.view.length + 1))];
  return items.some((item) => restsOnSeen(rule, item, sight, allRows) !== 'no');
}
