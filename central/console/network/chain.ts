import type { Questions } from '../../base/base.ts';
import type { AskedLinks } from './asked.ts';
import { kindsOf, type LinkKind } from './kinds.ts';
import { evidenceOf } from './links.ts';
import { type Link, linksIn } from './network.ts';
import { type SeenPerson, seenPeople } from './people.ts';
import { reachFrom, registersOf } from './reach.ts';

/** How far a chain is looked for. */
export interface ChainBounds {
  readonly steps: number;
  /** Of how many people the links are read: where there are more, the next step is not begun. */
  readonly people: number;
}

export const chainBounds: ChainBounds = { steps: 4, people: 2000 };

export interface Chain {
  /** From one end to the other: one person more than steps. Null where none was found within the bounds. */
  readonly people: readonly string[] | null;
  /** People whose links were read. */
  readonly read: number;
  /** Up to how many steps everything was looked at: no chain of so many was overlooked. */
  readonly steps: number;
  /** Nobody else can be reached from one of the two: there is no chain, however long. */
  readonly isWhole: boolean;
}

/** People by how many steps they are from one end. */
type Levels = Set<string>[];

/**
 * One of the shortest chains between two people, of those that are seen, from both ends at once: always on from the end that
 * has fewer to go on from.
 */
export async function chainBetween(
  questions: Questions,
  [one, other]: readonly [string, string],
  kinds: readonly LinkKind[],
  asked: AskedLinks,
  bounds = chainBounds,
): Promise<Chain> {
  const ends: readonly [Levels, Levels] = [[new Set([one])], [new Set([other])]];
  let read = 0;
  const next = async (people: readonly string[]) =>
    reachFrom(questions, await registersOf(questions, asked, people), kinds, asked);
  if (one === other) return { people: [one], read, steps: 0, isWhole: false };
  for (let steps = 1; steps <= bounds.steps; steps++) {
    const [near, far] = last(ends[0]).size <= last(ends[1]).size ? ends : [ends[1], ends[0]];
    const border = [...last(near)];
    if (read + border.length > bounds.people) return { people: null, read, steps: steps - 1, isWhole: false };
    read += border.length;
    const reached = await next(border);
    const level = new Set([...reached].filter((id) => !near.some((before) => before.has(id))));
    near.push(level);
    const met = first([...level].filter((id) => last(far).has(id)));
    if (met !== undefined) {
      const ways = [await back(ends[0], met, next), await back(ends[1], met, next)] as const;
      const people = [...ways[0].toReversed(), met, ...ways[1]];
      return { people, read, steps, isWhole: false };
    }
    if (level.size === 0) return { people: null, read, steps, isWhole: true };
  }
  return { people: null, read, steps: bounds.steps, isWhole: false };
}

/** From where both ends met to one of them, without the one where they met. */
async function back(
  levels: Levels,
  met: string,
  next: (people: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<string[]> {
  const way: string[] = [];
  let at = met;
  for (const level of levels
    .slice(
      0,
      levels.findIndex((each) => each.has(met)),
    )
    .toReversed()) {
    const beside = await next([at]);
    const before = first([...level].filter((id) => beside.has(id)));
    if (before === undefined) throw new Error('a step leads one way only');
    way.push(before);
    at = before;
  }
  return way;
}

/** Of several that serve as well, one and the same each time. */
function first(ids: readonly string[]): string | undefined {
  return ids.toSorted()[0];
}

function last(levels: Levels): ReadonlySet<string> {
  return levels.at(-1) ?? new Set();
}

/** A step of a chain: who comes next, and by what. */
export interface ChainStep {
  readonly from: SeenPerson;
  readonly to: SeenPerson;
  readonly links: readonly Link[];
}

export async function stepsOf(
  questions: Questions,
  people: readonly string[],
  kinds: readonly LinkKind[],
  asked: AskedLinks,
): Promise<ChainStep[]> {
  const seen = await seenPeople(questions, asked.sight, people);
  const steps: ChainStep[] = [];
  for (const [at, id] of people.slice(0, -1).entries()) {
    const [from, to] = [seen.get(id), seen.get(people[at + 1] ?? '')];
    if (from === undefined || to === undefined) throw new Error('a chain goes through who is seen');
    const ofRole = kindsOf(from.role).filter((kind) => kinds.includes(kind));
    const evidence = await evidenceOf(questions, ofRole, from, [to], asked);
    steps.push({ from, to, links: linksIn(evidence).get(to.id) ?? [] });
  }
  return steps;
}
