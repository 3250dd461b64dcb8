import { meanOf, type Share, sumOf } from './interval.ts';

/** B³: of those with whom a register is, how many should be; of those with whom it should be, how many are. */
export interface ByRegister {
  readonly precision: Share;
  readonly recall: Share;
}

/** The mean of all registers; those of one owner stand and fall together, so the interval counts owners. */
export function byRegister(groupOf: ArrayLike<number>, truth: ArrayLike<number>): ByRegister {
  const groups = new Map<number, number>();
  const owners = new Map<number, Map<number, number>>();
  for (let place = 0; place < groupOf.length; place++) {
    const [group, owner] = [groupOf[place] as number, truth[place] as number];
    groups.set(group, (groups.get(group) ?? 0) + 1);
    const parts = owners.get(owner);
    if (parts === undefined) owners.set(owner, new Map([[group, 1]]));
    else parts.set(group, (parts.get(group) ?? 0) + 1);
  }
  const [sizes, precisions, recalls]: [number[], number[], number[]] = [[], [], []];
  for (const parts of owners.values()) {
    let [size, squares] = [0, 0];
    for (const count of parts.values()) {
      size += count;
      squares += count * count;
    }
    sizes.push(size);
    precisions.push(
      sumOf(Array.from(parts, ([group, count]) => (count * count) / (groups.get(group) ?? count))),
    );
    recalls.push(squares / size);
  }
  return { precision: meanOf(precisions, sizes), recall: meanOf(recalls, sizes) };
}
