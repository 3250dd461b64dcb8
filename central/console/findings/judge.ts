import type { Questions } from '../../base/base.ts';
import type { Granted, Sight } from '../../base/sight/sight.ts';
import type { Rule } from '../../treat/rules/rule.ts';
import { type ComparingRule, type FoundRow, foundAgain, rowKey } from './found-again.ts';
import { foundOtherwise, restsOnSeen, ruleOf, seesAllRows } from './rests-on-seen.ts';

/** What was found by which rule, and in which rows of its view together with it, where those are told. */
export interface RuledRow extends FoundRow {
  readonly rule: string;
  readonly beside?: readonly { readonly source: string; readonly id: string }[];
}

/**
 * Of what rules found, what rests on nothing that a body does not see, each once and in the same order. What was found by
 * holding registers against those of states that are not seen is asked again of those that are; what is not seen in the way
 * in which it was found, and in another one is, is told as found in that one.
 */
export async function toldOf<T extends RuledRow>(
  questions: Questions,
  sight: Sight,
  granted: Pick<Granted, 'sensitive'>,
  found: readonly T[],
): Promise<T[]> {
  const judged = found.flatMap((each) => judge(each, sight, seesAllRows(granted)) ?? []);
  const again = new Map<Rule, ReadonlyMap<string, string>>();
  for (const [rule, own] of Map.groupBy(judged, ({ asks }) => asks)) {
    if (rule === null) continue;
    const rows = own.map((each) => each.found);
    again.set(rule, await foundAgain(questions, sight, rule, rows));
  }
  const told = new Map<string, T>();
  for (const { found, rule, asks } of judged) {
    const one = asks === null ? found : amongSeen(found, again.get(asks));
    const key = JSON.stringify([rule.code, rowKey(found)]);
    if (one !== null && !told.has(key)) told.set(key, { ...one, rule: rule.code });
  }
  return [...told.values()];
}

/** Whether something of this rule and column can be told at all to a body: not where it rests on what it does not see. */
export function mayBeTold(
  kind: Pick<RuledRow, 'rule' | 'view' | 'item'>,
  sight: Sight,
  granted: Pick<Granted, 'sensitive'>,
): boolean {
  return judge(kind, sight, seesAllRows(granted)) !== null;
}

/** As it was found again, and beside it what was found among the same registers; null where it was not. */
function amongSeen<T extends RuledRow>(found: T, groups?: ReadonlyMap<string, string>): T | null {
  const group = groups?.get(rowKey(found));
  if (group === undefined) return null;
  const { beside, view, item } = found;
  if (beside === undefined) return found;
  return {
    ...found,
    beside: beside.filter((other) => groups?.get(rowKey({ ...other, view, item })) === group),
  };
}

interface Judged<T> {
  readonly found: T;
  readonly rule: Rule;
  /** Null: it rests on what is seen. */
  readonly asks: ComparingRule | null;
}

/** Null where it is not to be told, also of a rule that this version does not have: nobody can say what it looked at. */
function judge<T extends Pick<RuledRow, 'rule' | 'view' | 'item'>>(
  found: T,
  sight: Sight,
  allRows: boolean,
): Judged<T> | null {
  const { rule: code, view, item } = found;
  const rule = ruleOf(code, view);
  if (rule === undefined) return null;
  const rests = restsOnSeen(rule, item, sight, allRows);
  if (rests === 'yes') return { found, rule, asks: null };
  if (rests === 'anew') return asking(found, rule);
  const otherwise = ruleOf(foundOtherwise[code] ?? '', view);
  if (otherwise === undefined || restsOnSeen(otherwise, item, sight, allRows) === 'no') return null;
  // It was not asked of what another rule had found already.
  return asking(found, otherwise);
}

function asking<T>(found: T, rule: Rule): Judged<T> | null {
  return rule.scope === 'person' || rule.scope === 'shared' ? { found, rule, asks: rule } : null;
}
