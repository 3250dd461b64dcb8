import { createRng, createRowRng, type Rng } from '../demo/rng.ts';
import { distort } from './distort.ts';
import { madeUpPeople } from './people.ts';
import { firstDraft } from './register.ts';
import { type WrittenRow, written } from './written.ts';

export interface MadeUpRegister extends WrittenRow {
  readonly id: string;
  /** Number of the person whose it is: the truth. */
  readonly person: number;
}

/** Of the registers that are not somebody's first. */
const further = 0.2;

/** How many more registers one has who has more than one. */
function moreRegisters(rng: Rng): number {
  const drawn = rng.fraction();
  if (drawn < 0.8) return 1;
  if (drawn < 0.94) return 2;
  return drawn < 0.99 ? 3 : 5;
}

/**
 * So many registers by the rates that linkage is measured with, and whose each is: four of five are somebody's first,
 * the others further ones of people drawn among all, each once. The same for a seed each time.
 */
export function* madeUpRegisters(seed: number, count: number): Generator<MadeUpRegister> {
  const personOf = madeUpPeople(seed);
  const rngOf = createRowRng(seed, 'register');
  const people = Math.round(count * (1 - further));
  const make = (number: number, owner: number, isFurther: boolean): MadeUpRegister => {
    const [person, rng] = [personOf(owner), rngOf(number)];
    const first = firstDraft(person, rng);
    const draft = isFurther ? distort(person, first, rng) : first;
    return { id: String(number + 1).padStart(8, '0'), person: owner, ...written(draft, rng) };
  };
  for (let number = 0; number < people; number++) yield make(number, number, false);
  const rng = createRng(seed, 'further registers');
  const drawn = new Set<number>();
  for (let number = people; number < count; ) {
    const owner = rng.integer(0, people - 1);
    if (drawn.has(owner) && drawn.size < people) continue;
    drawn.add(owner);
    for (let more = moreRegisters(rng); more > 0 && number < count; more--) yield make(number++, owner, true);
  }
}
