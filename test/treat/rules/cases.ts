import { rules } from '../../../central/treat/rules/all.ts';
import type { Rule } from '../../../central/treat/rules/rule.ts';
import type { Case } from './case.ts';
import { custodyCases } from './custody-cases.ts';
import { deathCases } from './death-cases.ts';
import { genericCases } from './generic-cases.ts';
import { linkedCases } from './linked-cases.ts';
import { personCases } from './person-cases.ts';
import { placeCases } from './place-cases.ts';
import { sentenceCases } from './sentence-cases.ts';
import { sharedCases } from './shared-cases.ts';
import { termCases } from './term-cases.ts';
import { visitCases } from './visit-cases.ts';

/** Of every rule, what breaks it and what nearly does. */
export const cases: readonly Case[] = [
  ...[...genericCases, ...personCases, ...sharedCases, ...custodyCases, ...deathCases, ...termCases],
  ...linkedCases,
  ...[...placeCases, ...sentenceCases, ...visitCases],
];

/** A rule by its code and view. */
export const nameOf = ({ code, view }: Rule) => `${code} ${view}`;

export function ruleOf({ rule, view }: Case): Rule {
  const [named, ...others] = rules.filter(
    ({ code, view: of }) => code === rule && (view === undefined || view === of),
  );
  if (named === undefined || others.length > 0) throw new Error(`${rule}: which rule is that?`);
  return named;
}
