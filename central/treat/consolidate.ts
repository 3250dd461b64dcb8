import type { Base, Transaction } from '../base/base.ts';
import { nextKey } from '../base/national-layer/next-key.ts';
import { makeOfOne, registersOfSeveral, removeEmpty, writePersons } from '../base/national-layer/persons.ts';
import { doneOf, takeScope } from '../base/national-layer/queue.ts';
import { inSteps, type StepsOptions } from '../base/steps.ts';
import { personFrom } from './persons/person-of.ts';

/** Registers of those who have several are in memory. */
const mostKeys = 20_000;

/** Makes the national persons anew that wait for it, in steps. Returns how many registers were looked at. */
export async function consolidate(base: Base, steps: StepsOptions): Promise<number> {
  const step = async (tx: Transaction, most: number): Promise<number> => {
    const scope = await takeScope(tx, 'pessoa', '', most, (after, skip) =>
      nextKey(tx, 'pessoa', '', after, skip),
    );
    if (scope === null) return 0;
    await removeEmpty(tx, scope);
    const one = await makeOfOne(tx, scope);
    const several = await registersOfSeveral(tx, scope);
    const persons = Map.groupBy(several, ({ person }) => person).values();
    await writePersons(tx, Array.from(persons, personFrom));
    return doneOf(scope, most, one + several.length);
  };
  const { done } = await inSteps(base, step, { largest: mostKeys, ...steps });
  return done;
}
