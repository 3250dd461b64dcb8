import type { Rng } from '../demo/rng.ts';
import { dayOff, swapped, yearOff } from './days.ts';

/** Null where it is missing. */
export function distortBirth(birth: string, rng: Rng): string | null {
  const drawn = rng.fraction();
  const by = (): number => rng.pick([1, 10]) * rng.pick([1, -1]);
  if (drawn < 0.05) return null;
  if (drawn < 0.09) return swapped(birth) ?? birth;
  if (drawn < 0.13) return dayOff(birth, by());
  if (drawn < 0.16) return yearOff(birth, by());
  if (drawn < 0.18) return `${birth.slice(0, 4)}-01-01`;
  return birth;
}
