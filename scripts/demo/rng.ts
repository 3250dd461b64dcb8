import { generateMersenne53Randomizer } from '@faker-js/faker';

/** Choices from a seeded generator: the same seed gives the same choices, whatever else runs in between. */
export interface Rng {
  /** A number in [0, 1). */
  fraction(): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Each table draws from a generator of its own (`stream`), so that tables may be read in any order, or twice. */
export function createRng(seed: number, stream: string): Rng {
  const source = generateMersenne53Randomizer(mix(seed, stream));
  const fraction = (): number => source.next();
  return {
    fraction,
    integer: (low, high) => low + Math.floor(fraction() * (high - low + 1)),
    chance: (probability) => fraction() < probability,
    pick: (items) => items[Math.floor(fraction() * items.length)] ?? items[0],
  };
}

/** FNV-1a over the stream's name, started from the seed. */
function mix(seed: number, stream: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < stream.length; i++) hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Dates and instants before now, in the state's local time, as the text that its database would give. */
export interface Clock {
  /** When a row was last written: over two years, many at the instants of a migration, a few unknown. */
  updated(rng: Rng): string | null;
  instant(rng: Rng, maximumDaysAgo: number): string;
  day(daysAgo: number): string;
}

const dayMs = 86_400_000;
const updatedDays = 730;
/** Days ago, and microseconds: bulk migrations wrote a quarter of the rows, each in one instant. */
const migrations: readonly [[number, string], ...[number, string][]] = [
  [702.3, '000000'],
  [511.8, '123457'],
  [511.8, '123458'],
  [186.1, '000000'],
  [33.6, '999999'],
];

/** `now` is local: an instant whose UTC fields show the state's wall clock. */
export function createClock(now: Date): Clock {
  const text = (daysAgo: number, microseconds: string): string => {
    // A second earlier than now, so that no fraction of it lies in the future.
    const at = new Date(now.getTime() - 1000 - daysAgo * dayMs).toISOString();
    return `${at.slice(0, 10)} ${at.slice(11, 19)}.${microseconds}`;
  };
  const instant = (rng: Rng, maximumDaysAgo: number): string => {
    const daysAgo = rng.fraction() * maximumDaysAgo;
    const microseconds = rng.chance(0.4) ? '000000' : String(rng.integer(0, 999_999)).padStart(6, '0');
    return text(daysAgo, microseconds);
  };
  return {
    updated(rng) {
      if (rng.chance(0.003)) return null;
      return rng.chance(0.25) ? text(...rng.pick(migrations)) : instant(rng, updatedDays);
    },
    instant,
    day: (daysAgo) => new Date(now.getTime() - daysAgo * dayMs).toISOString().slice(0, 10),
  };
}
