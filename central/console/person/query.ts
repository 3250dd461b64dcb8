import type { Questions } from '../../base/base.ts';
import type { Granted } from '../../base/sight/sight.ts';
import { type Sight, sightOf } from '../../base/sight/sight.ts';
import { tellingOpen } from '../../base/sight/telling-open.ts';
import { findPerson, type SeenPerson } from './find-person.ts';
import { findingsOn, type PersonFindings } from './findings.ts';
import { type Named, namesIn, rowsOfAll, type SeenRow } from './rows.ts';
import { custody, movements, type Section, sections } from './sections.ts';
import { type WhyOne, whyOne } from './why-one.ts';

/** All that the page of a person is made of, as one state of the base has it. */
export interface PersonFacts {
  readonly person: SeenPerson;
  readonly sight: Sight;
  /** By section, no more than it has place for on the page. */
  readonly rows: ReadonlyMap<Section, ListedRows>;
  /** Custodies and movements as they are drawn: more than are listed. */
  readonly drawn: {
    readonly custodies: readonly SeenRow[];
    readonly movements: readonly SeenRow[];
    /** There are more of either, which are in the lists alone. */
    readonly more: boolean;
  };
  readonly named: Named;
  /** Sources that tell when a custody ends. */
  readonly telling: ReadonlySet<string>;
  readonly findings: PersonFindings;
  readonly why: WhyOne;
}

export interface ListedRows {
  readonly rows: readonly SeenRow[];
  /** There are more. */
  readonly more: boolean;
}

/** Custodies that are drawn, and movements, which are drawn together where they would hide each other. */
const mostDrawn = new Map([
  [custody, 80],
  [movements, 400],
]);

/** Null where nothing is seen of anybody of this id. */
export async function personFacts(
  questions: Questions,
  granted: Granted,
  id: string,
  locale: string,
): Promise<PersonFacts | null> {
  const sight = sightOf(granted);
  const person = await findPerson(questions, sight, id);
  if (person === null) return null;
  const rows = new Map<Section, ListedRows>();
  const drawn = new Map<Section, readonly SeenRow[]>();
  let more = false;
  const wanted = new Map(
    sections.map((section) => [section, mostDrawn.get(section) ?? section.first] as const),
  );
  const all = await rowsOfAll(questions, sight, wanted, person);
  for (const [section, most] of wanted) {
    const found = all.get(section) ?? [];
    if (mostDrawn.has(section)) {
      drawn.set(section, found.slice(0, most));
      more ||= found.length > most;
    }
    rows.set(section, { rows: found.slice(0, section.first), more: found.length > section.first });
  }
  const told = [...[...drawn.values()].flat(), ...[...rows.values()].flatMap((each) => each.rows)];
  return {
    ...{ person, sight, rows },
    drawn: { custodies: drawn.get(custody) ?? [], movements: drawn.get(movements) ?? [], more },
    named: await namesIn(questions, sight, told, person),
    telling: new Set(await tellingOpen(questions, sight)),
    findings: await findingsOn(questions, sight, person, granted),
    why: await whyOne(questions, sight, person, locale),
  };
}
