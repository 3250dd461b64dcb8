import { rules } from '../../../central/treat/rules/all.ts';
import { Calendar } from '../../../central/treat/rules/calendar.ts';
import { daysLater } from '../../../central/treat/rules/dates.ts';
import { cases, nameOf, ruleOf } from '../rules/cases.ts';
import { judge, told } from '../rules/scene.ts';
import type { Outcome } from './cleaned.ts';

/** Days from that of a scene on which it is judged. */
const later = [-400, -31, -1, 0, 1, 31, 400, 4000];

/** By rule: the scenes of its cases, and what it finds in each of them as days pass, and until when that holds. */
export function ruleOutcomes(): ReadonlyMap<string, Outcome> {
  return new Map(
    rules.map((rule) => {
      const scenes = cases
        .filter((each) => ruleOf(each) === rule)
        .flatMap(({ breaks, nearly }) => [breaks, ...nearly]);
      const comesTo = scenes.flatMap((scene) =>
        later.map((days) => {
          const calendar = new Calendar(daysLater(scene.today ?? '2026-11-30', days));
          return [judge(rule, scene, calendar).map(told).sort(), calendar.takeNext()];
        }),
      );
      return [nameOf(rule), { shown: scenes, comesTo, version: rule.version }];
    }),
  );
}
