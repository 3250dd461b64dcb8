/** Registers of which one result makes other persons than another: all that hang together by either. */
export interface ChangedPersons {
  /** `mixed`: neither did persons only come together nor only come apart. */
  readonly kind: 'merged' | 'split' | 'mixed';
  /** Persons as lists of ids of registers, ids and lists in order. */
  readonly before: readonly (readonly string[])[];
  readonly after: readonly (readonly string[])[];
}

/**
 * Which persons would change if a result took the place of another: what a person looks at before a model is adopted, and
 * what is written down of a day.
 *
 * @param before by id of a register, whatever stands for its person; one that is missing on a side is left out
 */
export function changedPersons(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly ChangedPersons[] {
  const ids = [...before.keys()].filter((id) => after.has(id)).sort(byText);
  const [old, now] = [membersBy(ids, before), membersBy(ids, after)];
  const seen = new Set<string>();
  const changes: ChangedPersons[] = [];
  for (const id of ids) {
    if (seen.has(id)) continue;
    const [ofOld, ofNow] = [old.get(before.get(id)) ?? [], now.get(after.get(id)) ?? []];
    // Nearly all are as they were.
    if (ofOld.length === ofNow.length && ofOld.every((each, at) => each === ofNow[at])) continue;
    const all = hangingTogether(id, before, after, old, now);
    for (const each of all) seen.add(each);
    const [were, are] = [membersBy(all, before).size, membersBy(all, after).size];
    changes.push({
      kind: are === 1 ? 'merged' : were === 1 ? 'split' : 'mixed',
      before: [...membersBy(all, before).values()],
      after: [...membersBy(all, after).values()],
    });
  }
  return changes;
}

type Members = ReadonlyMap<unknown, readonly string[]>;

function membersBy(ids: readonly string[], personOf: ReadonlyMap<string, unknown>): Members {
  const members = new Map<unknown, string[]>();
  for (const id of ids) {
    const person = personOf.get(id);
    const known = members.get(person);
    if (known === undefined) members.set(person, [id]);
    else known.push(id);
  }
  return members;
}

function hangingTogether(
  first: string,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  old: Members,
  now: Members,
): readonly string[] {
  const reached = new Set([first]);
  for (const id of reached) {
    for (const mate of [...(old.get(before.get(id)) ?? []), ...(now.get(after.get(id)) ?? [])])
      reached.add(mate);
  }
  return [...reached].sort(byText);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
