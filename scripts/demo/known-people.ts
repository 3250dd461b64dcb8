import type { Sex } from './people.ts';
import type { Rng } from './rng.ts';
import type { MadeRow } from './spelling.ts';

/** People whom two states know, by number. */
export interface KnownPeople {
  sexOf(number: number): Sex;
  /**
   * What a state's register says of one: names, mother, birth, CPF, RG, birthplace.
   *
   * @param first choices that are the same in both states
   * @param rng those of this state
   */
  registerOf(
    who: { readonly number: number; readonly birth: string; readonly isFurther: boolean },
    first: Rng,
    rng: Rng,
  ): MadeRow;
}
