import type { Base, Transaction } from '../base/base.ts';
import { holdMark, moveMark, standsMark } from '../base/national-layer/marks.ts';
import { nextKey } from '../base/national-layer/next-key.ts';
import { makeOfOne, registersOfSeveral, removeEmpty, writePersons } from '../base/national-layer/persons.ts';
import { doneOf, takeScope } from '../base/national-layer/queue.ts';
import { sweepAll } from '../base/national-layer/touched-subjects.ts';
import { inSteps, type StepsOptions } from '../base/steps.ts';
import { personFrom } from './persons/person-of.ts';

/**
 * One more whenever persons come to something else of the same registers, which `test/treat/recorded` sees (but for what
 * is asked of the base, in `persons.ts`); then all are made anew.
 */
export const consolidationVersion = '1';

const mark = { source: '', view: 'pessoa', step: 'consolidar', version: consolidationVersion };

/** Registers of those who have several are in memory. */
const mostKeys = 20_000;

/**
 * Makes the national persons anew that wait for it, in steps: all of them where another version did so the last time;
 * where another one has begun meanwhile, it is left to that one. Returns how many registers were looked at.
 */
export async function consolidate(base: Base, steps: StepsOptions): Promise<number> {
  const { signal } = steps;
  await base.transaction(
    async (tx) => {
      if ((await holdMark(tx, mark)).complete) return;
      await sweepAll(tx, '', ['pessoa']);
      await moveMark(tx, mark, { change: '0', complete: true });
    },
    { use: 'treating', signal },
  );
  const step = async (tx: Transaction, most: number): Promise<number> => {
    if (!(await standsMark(tx, mark))) return 0;
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
