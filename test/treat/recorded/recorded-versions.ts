import type { Test } from 'tap';
import { levelsNotShown } from './linked.ts';
import { difference, present, recorded, recordedSteps, type Versions } from './outcomes.ts';

const constants = {
  cleaning: 'cleaningVersion (central/treat/type/cleaning.ts)',
  checking: 'the version of the rule, or checkingVersion (central/treat/check/look-again.ts)',
  linking: 'linkingVersion (central/treat/linking/linker.ts)',
  indexing: 'searchVersion (central/treat/index-names.ts)',
  consolidation: 'consolidationVersion (central/treat/consolidate.ts)',
} as const satisfies Record<keyof Versions, string>;

/**
 * What a step of treatment comes to does not change without their version: what was made of rows before would stay as it
 * is, beside what is made of others from now on.
 */
export async function recordedVersions(t: Test): Promise<void> {
  const [now, then] = [await present(), recorded()];
  for (const step of recordedSteps) {
    const { otherwise, unrecorded } = difference(now[step], then[step]);
    t.strictSame(otherwise, [], `${step} comes to something else: raise ${constants[step]}, then record it`);
    t.strictSame(unrecorded, [], `record ${step}: node test/treat/recorded/record.ts`);
  }
  const { cleaning } = now;
  const { shown = '' } = cleaning.outcomes['rji rji'] ?? {};
  const other = {
    ...cleaning.outcomes,
    ...{ 'rji rji': { shown, comesTo: 'b' }, 'cpf cpf': { shown: 'a', comesTo: 'b' } },
  };
  t.strictSame(
    difference({ ...cleaning, outcomes: other }, cleaning),
    { otherwise: ['rji rji'], unrecorded: ['cpf cpf'] },
    'what changes is seen, and told from what is shown something else',
  );
  const again = { ...cleaning.outcomes, 'rji rji': { shown, comesTo: 'b', version: 2 } };
  t.strictSame(
    difference({ ...cleaning, outcomes: again }, cleaning),
    { otherwise: [], unrecorded: ['rji rji'] },
    'in a version of its own nothing is known of it',
  );
  // Only of a CPF is it known that a number cannot be one.
  const never = ['RJI', 'OAB'].map((name) => `${name}: different, one of them invalid`);
  t.strictSame(levelsNotShown(), never, 'each level of each comparison is among what is recorded');
}
