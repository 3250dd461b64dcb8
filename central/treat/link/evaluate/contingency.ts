/** How groups and owners meet: of each owner, how many of the registers are in which group. */
export interface Contingency {
  /** Both numbered from 0. */
  readonly groups: Sizes;
  readonly owners: Sizes;
  /** Tells each owner and group that have registers in common, how many, and how many of them are counted; owner by owner. */
  readonly each: (tell: (owner: number, group: number, size: number, counted: number) => void) => void;
}

/** By number, how many registers, and how many of them are counted. */
export interface Sizes {
  readonly sizes: Int32Array;
  readonly counted: Int32Array;
}

/**
 * Few bytes a register, since of a nation most are somebody's only one.
 *
 * @param counts by place, whether it is counted; all are without it
 */
export function contingencyOf(
  groupOf: ArrayLike<number>,
  truth: ArrayLike<number>,
  counts?: ArrayLike<boolean>,
): Contingency {
  const [groupAt, ownerAt] = [numbered(groupOf), numbered(truth)];
  const isCounted = (place: number): number => (counts === undefined || counts[place] === true ? 1 : 0);
  const [groups, owners] = [sizesOf(groupAt, isCounted), sizesOf(ownerAt, isCounted)];
  const width = groups.sizes.length;
  // Owner, group, counted or not, in one number.
  const all = Float64Array.from(
    ownerAt,
    (owner, place) => (owner * width + (groupAt[place] as number)) * 2 + isCounted(place),
  );
  all.sort();
  return {
    groups,
    owners,
    each: (tell) => {
      for (let from = 0; from < all.length; ) {
        const key = Math.floor((all[from] as number) / 2);
        let [to, counted] = [from, 0];
        for (; to < all.length && Math.floor((all[to] as number) / 2) === key; to++) {
          counted += (all[to] as number) % 2;
        }
        tell(Math.floor(key / width), key % width, to - from, counted);
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

function sizesOf(numbers: Int32Array, isCounted: (place: number) => number): Sizes {
  const length = numbers.reduce((most, number) => Math.max(most, number + 1), 0);
  const [sizes, counted] = [new Int32Array(length), new Int32Array(length)];
  for (const [place, number] of numbers.entries()) {
    sizes[number]!++;
    counted[number]! += isCounted(place);
  }
  return { sizes, counted };
}
