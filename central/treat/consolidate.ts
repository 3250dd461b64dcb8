import type { Base } from '../base/base.ts';
import { nextKey } from '../base/national-layer/next-key.ts';
import { makePersons } from '../base/national-layer/persons.ts';
import { doneOf, takeScope } from '../base/national-layer/queue.ts';
import { inSteps, type StepsOptions } from '../base/steps.ts';

/** Makes the national persons of a source's registers that moved, in steps. Returns how many registers were looked at. */
export async function consolidate(base: Base, source: string, steps: StepsOptions): Promise<number> {
  const { done } = await inSteps(
    base,
    async (tx, most) => {
      const scope = await takeScope(tx, 'pessoa', source, most, (after, skip) =>
        nextKey(tx, 'pessoa', source, after, skip),
      );
      if (scope === null) return 0;
      const made = await makePersons(tx, scope);
      return doneOf(scope, most, made);
    },
    steps,
  );
  return done;
}
