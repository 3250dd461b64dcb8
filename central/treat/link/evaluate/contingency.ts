/** How groups and owners meet: of each owner, how many of the registers are in which group. */
export interface Contingency {
  /** Registers by group, and by owner: both numbered from 0. */
  readonly groupSizes: Int32Array;
  readonly ownerSizes: Int32Array;
  /** Tells each owner and group that have registers in common, and how many; owner by owner. */
  readonly each: (tell: (owner: number, group: number, count: number) => void) => void;
}

/** Few bytes a register, since of a nation most are somebody's only one. */
export function contingencyOf(groupOf: ArrayLike<number>, truth: ArrayLike<number>): Contingency {
  const [groups, owners] = [numbered(groupOf), numbered(truth)];
  const [groupSizes, ownerSizes] = [sizesOf(groups), sizesOf(owners)];
  const both = Float64Array.from(
    owners,
    (owner, place) => owner * groupSizes.length + (groups[place] as number),
  );
  both.sort();
  return {
    groupSizes,
    ownerSizes,
    each: (tell) => {
      for (let from = 0; from < both.length; ) {
        const key = both[from] as number;
        let to = from + 1;
        while (to < both.length && both[to] === key) to++;
        tell(Math.floor(key / groupSizes.length), key % groupSizes.length, to - from);
        from = to;
      }
    },
  };
}

/** Numbers from 0, in the order in which they come. */
function numbered(values: ArrayLike<number>): Int32Array {
  const numbers = new Map<number, number>();
  const all = new Int32Array(values.length);
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    let number = numbers.get(value);
    if (number === undefined) numbers.set(value, (number = numbers.size));
    all[place] = number;
  }
  return all;
}

function sizesOf(numbers: Int32Array): Int32Array {
  const sizes = new Int32Array(numbers.reduce((most, number) => Math.max(most, number + 1), 0));
  for (const number of numbers) sizes[number]!++;
  return sizes;
}
