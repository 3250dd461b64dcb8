import * as fc from 'fast-check';
import { action } from '../action.ts';
import { peopleCount } from '../any.ts';

const hour = 3_600_000;

/** Minutes, days, and what brings a notice, an idle account, the end of a half-year. */
export const timePasses = action(
  'time passes',
  4,
  fc.constantFrom(0.2, 24, 24 * 10, 24 * 29, 24 * 31, 24 * 80, 24 * 90, 24 * 160),
  (world, hours) => world.pass(hours * hour),
);

/** Whoever may enters again and again, so that they are about when roles come to their end. */
export const timePassesAtWork = action(
  'time passes at work',
  3,
  fc.constantFrom(1, 2),
  async (world, times) => {
    for (let time = 0; time < times; time++) {
      world.pass(80 * 24 * hour);
      for (let person = 0; person < peopleCount; person++) await world.enters(person, 0);
    }
  },
);
