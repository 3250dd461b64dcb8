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

/**
 * Choices of one row, by its number: the same whichever rows were made before it, so that tables which tell of one thing
 * can each find it out. It costs next to nothing to begin.
 */
export function createRowRng(seed: number, stream: string): (row: number) => Rng {
  const start = mix(seed, stream);
  return (row) => new RowRng(scatter(start ^ Math.imul(row, 0x9e3779b1)));
}

/** Mulberry32: good enough to choose by, and its state is one number. */
class RowRng implements Rng {
  #state: number;

  constructor(state: number) {
    this.#state = state;
  }

  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  integer(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.fraction() * items.length)] ?? items[0];
  }
}

/** Numbers that follow each other lead far apart. */
function scatter(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
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
  /** At some hour of a day. */
  instantOn(rng: Rng, daysAgo: number): string;
  /** Days to come are negative. */
  day(daysAgo: number): string;
  /** How many days ago a day of the calendar was, `2026-01-31`. */
  daysAgo(day: string): number;
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
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  // A day is asked for again and again, and there are few of them.
  const days = new Map<number, string>();
  const day = (daysAgo: number): string => {
    let known = days.get(daysAgo);
    if (known === undefined) {
      known = new Date(today - daysAgo * dayMs).toISOString().slice(0, 10);
      days.set(daysAgo, known);
    }
    return known;
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
    instantOn(rng, daysAgo) {
      if (rng.chance(0.1)) return `${day(daysAgo)} 00:00:00.000000`;
      const hour = String(rng.integer(8, 16)).padStart(2, '0');
      return `${day(daysAgo)} ${hour}:${String(rng.integer(0, 59)).padStart(2, '0')}:00.000000`;
    },
    day,
    daysAgo: (day) => Math.round((today - Date.parse(`${day}T00:00:00Z`)) / dayMs),
  };
}
