import type * as fc from 'fast-check';
import type { World } from './world.ts';

/** Something that people do, or time: it is done in the world, and said to be right or refused as the model has it. */
export interface Step {
  run(world: World): Promise<void> | void;
  /** As a failure tells it. */
  toString(): string;
}

/** One kind of it; a new kind is a file in `actions/` and a line in `actions.ts`. */
export interface Action {
  /** How often, beside the others. */
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<Step>;
}

/** @param weight how often, beside the others @param what of whom or of what it is */
export function action<T>(
  name: string,
  weight: number,
  what: fc.Arbitrary<T>,
  run: (world: World, what: T) => Promise<void> | void,
): Action {
  const arbitrary = what.map((drawn) => ({
    run: (world: World) => run(world, drawn),
    toString: () => `${name} ${JSON.stringify(drawn)}`,
  }));
  return { weight, arbitrary };
}
