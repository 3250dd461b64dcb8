import { Dirt, type DirtTally } from './dirt.ts';
import type { KnownPeople } from './known-people.ts';
import { createPeople, type People, type Uf } from './people.ts';
import { type Clock, createClock, createRowRng, type Rng } from './rng.ts';
import { type Dialect, dialects, type MadeRow } from './spelling.ts';

/** What the rows of a made-up state have in common. */
export interface State {
  readonly uf: Uf;
  readonly people: People;
  readonly clock: Clock;
  readonly dirt: Dirt;
  /** Whom two states know; null: nobody. */
  readonly known: KnownPeople | null;
  readonly dialect: Dialect;
  /** How many people have a register. */
  readonly custodiados: number;
  readonly units: number;
  /** Choices about a person or a row, by what they are about and its number. */
  rng(stream: string, row: number): Rng;
  /** The same choices in every state: for those who are known in two. */
  nationalRng(stream: string, row: number): Rng;
}

/** Makes the rows of one table, in the order of their ids, and without `atualizado_em`. */
export type TableRows = (state: State) => Iterable<MadeRow>;

export interface StateOptions {
  readonly uf: Uf;
  readonly custodiados: number;
  readonly seed: number;
  /** An instant whose UTC fields show the state's wall clock. */
  readonly localNow: Date;
  readonly dirt: number;
  readonly tally: DirtTally | undefined;
  readonly known?: KnownPeople | undefined;
}

/** The seed of what the states have in common. */
const nation = 2026;

export function createState({ uf, custodiados, seed, localNow, dirt, tally, known }: StateOptions): State {
  const dialect = dialects[uf];
  return {
    ...{ uf, custodiados, dialect, known: known ?? null },
    people: createPeople(uf),
    clock: createClock(localNow),
    dirt: new Dirt(dirt, dialect.takesText, tally),
    units: Math.max(4, Math.round(custodiados / 400)),
    rng: streams(seed, uf),
    nationalRng: streams(nation, 'BR'),
  };
}

function streams(seed: number, name: string): State['rng'] {
  const known = new Map<string, (row: number) => Rng>();
  return (stream, row) => {
    let make = known.get(stream);
    if (make === undefined) known.set(stream, (make = createRowRng(seed, `${name} ${stream}`)));
    return make(row);
  };
}

/** A number that no row has: it was deleted long ago, or never came over from the system before. */
export function nobody(rng: Rng): number {
  return 9_000_000 + rng.integer(1, 9999);
}
