import type { Questions } from '../../base/base.ts';
import { identitiesIn, linksTo } from '../../base/national-layer/identities.ts';
import type { Scope } from '../../base/national-layer/queue.ts';
import {
  mostSharing,
  registersOfPersons,
  sharedRegisters,
} from '../../base/national-layer/shared-registers.ts';
import type { PersonRule, SharedRule } from '../rules/rule.ts';
import type { Look } from './looking.ts';
import type { RuleBook } from './rule-book.ts';
import type { Verdicts } from './verdicts.ts';

/** By which subject rules of the scope `shared` look. */
const sharedRules = { cpf: 'cpf', rji: 'rji', oab: 'oab', identidade: 'identity' } as const;

/** Registers that share a document, or name, mother and birth. */
export const lookAtShared =
  (subject: keyof typeof sharedRules): Look =>
  (questions, scope, _source, book, verdicts) => {
    const rules = book.shared.filter(({ by }) => by === sharedRules[subject]);
    return lookAtGroups(questions, { ...scope, subject }, rules, book, verdicts);
  };

/** Registers of one national person, and those of somebody who is in registers of two kinds. */
export const lookAtPersons: Look = async (questions, scope, _source, book, verdicts) => {
  const subject = 'pessoas' as const;
  const several = await lookAtGroups(questions, { ...scope, subject }, book.person, book, verdicts);
  return several + (await lookAtBoth(questions, scope, book, verdicts));
};

/** @returns how many keys several registers share */
async function lookAtGroups(
  questions: Questions,
  scope: Parameters<typeof sharedRegisters>[1],
  rules: readonly (SharedRule | PersonRule)[],
  { openIn }: RuleBook,
  verdicts: Verdicts,
): Promise<number> {
  if (rules.length === 0) return 0;
  const registers = await sharedRegisters(questions, scope, openIn);
  const groups = Map.groupBy(registers, ({ key }) => key);
  for (const [key, group] of groups) {
    if (group.some(({ sharing }) => sharing > mostSharing)) verdicts.fail(rules, key);
    else for (const rule of rules) verdicts.add(rule, key, () => rule.find(group));
    await verdicts.hand();
  }
  return groups.size;
}

/** @returns how many visitors and lawyers are in the register of people in custody */
async function lookAtBoth(
  questions: Questions,
  scope: Scope,
  { both: rules, openIn, automatic }: RuleBook,
  verdicts: Verdicts,
): Promise<number> {
  const identities = rules.length === 0 ? [] : await identitiesIn(questions, scope, automatic);
  if (identities.length === 0) return 0;
  const persons = identities.flatMap(({ person, inCustody }) => [person, ...inCustody]);
  const registers = await registersOfPersons(questions, persons, openIn);
  const links = await linksTo(
    questions,
    identities.map(({ person }) => person),
  );
  const linksOf = Map.groupBy(links, ({ to }) => to);
  const of = (person: string) => registers.get(person) ?? [];
  for (const { person, inCustody } of identities) {
    const both = {
      own: of(person),
      inCustody: [...inCustody].flatMap(of),
      toThemselves: (linksOf.get(person) ?? []).filter((each) => inCustody.has(each.inCustody)),
    };
    for (const rule of rules) verdicts.add(rule, person, () => rule.find(both));
    await verdicts.hand();
  }
  return identities.length;
}
