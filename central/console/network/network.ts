import type { Questions } from '../../base/base.ts';
import type { AskedLinks } from './asked.ts';
import type { Evidence } from './evidence.ts';
import { kindsOf, type LinkKind } from './kinds.ts';
import { evidenceOf, type Ranked, rankedBy } from './links.ts';
import { type SeenPerson, seenPeople } from './people.ts';

/** How much a network has. A page of it stays below 100 kB, and its names can be read. */
export const networkBounds = {
  /** People in all, with the one in the middle. */
  people: 101,
  /** Of these beside the middle where others are opened, and beside each that is opened. */
  besideOpened: 60,
  besideEach: 30,
  /** People who are opened at once. */
  opened: 4,
  /** Rows told of a link; how many more there are is told. */
  evidence: 2,
} as const;

/** That two people are linked in one way. */
export interface Link {
  readonly person: string;
  readonly kind: LinkKind;
  /** Some of the rows that say so. */
  readonly evidence: readonly Evidence[];
  /** How many rows or groups of them there are besides. */
  readonly more: number;
}

/** Somebody and who stands around them. */
export interface Around {
  readonly person: SeenPerson;
  /** In the order of the kinds, by the first one of each. */
  readonly people: readonly SeenPerson[];
  /** With those around them, and with others of the picture. */
  readonly links: ReadonlyMap<string, readonly Link[]>;
  /** Of each kind how many there are. */
  readonly kinds: readonly Pick<Ranked, 'kind' | 'total'>[];
}

export interface Network {
  readonly middle: Around;
  /** Those of around the middle who were opened, with others who stand nowhere else. */
  readonly opened: readonly Around[];
  /** Everybody who is named: in the picture, and visitors by whom two are linked. */
  readonly people: ReadonlyMap<string, SeenPerson>;
}

export interface Wanted {
  readonly kinds: readonly LinkKind[];
  /** Most people around the middle. */
  readonly most: number;
  /** Who is opened, by `pessoa_id`; of those who are not around the middle nothing is done. */
  readonly opened: readonly string[];
}

/** The network of a person: who is linked with them, and of those who are opened who is linked with these. */
export async function networkOf(
  questions: Questions,
  person: SeenPerson,
  wanted: Wanted,
  asked: AskedLinks,
): Promise<Network> {
  const bounds = networkBounds;
  const own = await rankedOf(questions, person, wanted.kinds, bounds.people, asked);
  const there = new Set(own.flatMap(({ people }) => people));
  const opened = wanted.opened.filter((id) => there.has(id)).slice(0, bounds.opened);
  const most = opened.length === 0 ? bounds.people - 1 : bounds.besideOpened;
  const inMiddle = chosenOf(own, Math.min(wanted.most, most), new Set([person.id]), opened);
  const placed = new Set([person.id, ...inMiddle]);
  const left = Math.floor((bounds.people - placed.size) / Math.max(1, opened.length));
  const seen = new Map(await seenPeople(questions, asked.sight, placed));
  const beside: {
    readonly id: string;
    readonly own: readonly Ranked[];
    readonly chosen: readonly string[];
  }[] = [];
  for (const id of opened) {
    const theirs = await rankedOf(questions, personIn(seen, id), wanted.kinds, bounds.people, asked);
    const chosen = chosenOf(theirs, Math.min(left, bounds.besideEach), placed, []);
    for (const each of chosen) placed.add(each);
    beside.push({ id, own: theirs, chosen });
  }
  const further = beside.flatMap(({ chosen }) => chosen);
  for (const [id, found] of await seenPeople(questions, asked.sight, further)) seen.set(id, found);
  const around = async (
    id: string,
    kinds: readonly Ranked[],
    chosen: readonly string[],
    others: readonly string[],
  ) => {
    const middle = personIn(seen, id);
    const evidence = await evidenceOf(
      questions,
      kinds.map(({ kind }) => kind),
      middle,
      others.map((other) => personIn(seen, other)),
      asked,
    );
    const links = linksIn(evidence);
    const people = inOrder(chosen, links, kinds).map((other) => personIn(seen, other));
    return { person: middle, people, links, kinds: kinds.map(({ kind, total }) => ({ kind, total })) };
  };
  const middle = await around(person.id, own, inMiddle, inMiddle);
  const branches: Around[] = [];
  for (const { id, own: theirs, chosen } of beside) {
    const others = [...placed].filter((other) => other !== id && other !== person.id);
    branches.push(await around(id, theirs, chosen, others));
  }
  const named = [middle, ...branches].flatMap(visitorsNamedIn).filter((id) => !seen.has(id));
  for (const [id, found] of await seenPeople(questions, asked.sight, named)) seen.set(id, found);
  return { middle, opened: branches, people: seen };
}

function rankedOf(
  questions: Questions,
  person: SeenPerson,
  kinds: readonly LinkKind[],
  most: number,
  asked: AskedLinks,
): Promise<Ranked[]> {
  const own = kindsOf(person.role).filter((kind) => kinds.includes(kind));
  return rankedBy(questions, own, person, most, asked);
}

/** Of each kind in turn the next one, so that many of one kind leave room for the others. */
function chosenOf(
  among: readonly Ranked[],
  most: number,
  placed: ReadonlySet<string>,
  first: readonly string[],
): string[] {
  const chosen = new Set(first.slice(0, most));
  const longest = Math.max(0, ...among.map(({ people }) => people.length));
  for (let at = 0; at < longest; at++) {
    for (const { people } of among) {
      const id = people[at];
      if (id !== undefined && chosen.size < most && !placed.has(id)) chosen.add(id);
    }
  }
  return [...chosen];
}

/** The rows of each pair by their kind, some of each. */
export function linksIn(evidence: readonly Evidence[]): ReadonlyMap<string, readonly Link[]> {
  const pairs = Map.groupBy(evidence, ({ person }) => person);
  return new Map(
    [...pairs].map(([person, ofPair]): [string, Link[]] => [
      person,
      [...Map.groupBy(ofPair, ({ kind }) => kind)].map(([kind, all]) => ({
        ...{ person, kind, evidence: all.slice(0, networkBounds.evidence) },
        more: Math.max(0, all.length - networkBounds.evidence),
      })),
    ]),
  );
}

/** By their first kind, then as they were ranked in it. */
function inOrder(
  people: readonly string[],
  links: ReadonlyMap<string, readonly Link[]>,
  kinds: readonly Ranked[],
): string[] {
  const placeOf = (id: string): readonly [number, number] => {
    const kind = kinds.findIndex((each) => each.kind === links.get(id)?.[0]?.kind);
    return [kind, kinds[kind]?.people.indexOf(id) ?? -1];
  };
  const last = (rank: number) => (rank === -1 ? Number.MAX_SAFE_INTEGER : rank);
  return people
    .map((id) => ({ id, place: placeOf(id) }))
    .toSorted(
      (x, y) => x.place[0] - y.place[0] || last(x.place[1]) - last(y.place[1]) || (x.id < y.id ? -1 : 1),
    )
    .map(({ id }) => id);
}

function visitorsNamedIn({ links }: Around): string[] {
  return [...links.values()]
    .flat()
    .filter(({ kind }) => kind === 'comum')
    .flatMap(({ evidence }) => evidence.flatMap(({ says }) => says ?? []));
}

function personIn(seen: ReadonlyMap<string, SeenPerson>, id: string): SeenPerson {
  const person = seen.get(id);
  if (person === undefined) throw new Error('linked with somebody of whom nothing is seen');
  return person;
}

/** The registers of everybody who is named, by which it is written down that they were shown. */
export function registersShown({ people }: Network): string[] {
  return [...people.values()].flatMap(({ registers }) => registers.map(({ natal }) => natal));
}
