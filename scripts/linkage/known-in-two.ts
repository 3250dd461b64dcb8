import type { KnownPeople } from '../demo/known-people.ts';
import { distort } from './distort.ts';
import { madeUpPeople, type Person } from './people.ts';
import { firstDraft } from './register.ts';
import { written } from './written.ts';

/** The seed of the people whom two states know. */
const personOf = madeUpPeople(2026);

/** The first state has them as they are, the other with errors at the rates that linkage is measured with. */
export const knownInTwo: KnownPeople = {
  sexOf: (number) => personOf(number).sex,
  registerOf: ({ number, birth, isFurther }, first, rng) => {
    const person: Person = { ...personOf(number), birth };
    const draft = firstDraft(person, first);
    return { ...written(isFurther ? distort(person, draft, rng) : draft, rng) };
  },
};
