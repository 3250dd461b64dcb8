import { distort } from '../linkage/distort.ts';
import { madeUpPeople, type Person } from '../linkage/people.ts';
import { firstDraft } from '../linkage/register.ts';
import { type WrittenRow, written } from '../linkage/written.ts';
import type { Identity } from './identity.ts';
import type { Sex } from './people.ts';
import type { State } from './state-rows.ts';

/** The seed of the people whom two states know. */
const personOf = madeUpPeople(2026);

export function sexOfKnown(number: number): Sex {
  return personOf(number).sex;
}

/**
 * Somebody whom two states know, as one of them has them: the first as they are, the other with the errors that further
 * registers of people have, each at the rate that linkage is measured with.
 */
export function knownIn(state: State, identity: Pick<Identity, 'number' | 'born' | 'isFurther'>): WrittenRow {
  const { number, born, isFurther } = identity;
  const person: Person = { ...personOf(number), birth: state.clock.day(born) };
  const rng = state.rng('known in two', number);
  const first = firstDraft(person, state.nationalRng('first register', number));
  return written(isFurther ? distort(person, first, rng) : first, rng);
}
