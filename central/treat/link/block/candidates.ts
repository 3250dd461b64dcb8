import { type Blocks, type CappedBlock, endOfBlock } from './blocks.ts';
import { firstRule } from './pairs.ts';

/** Tells each register that has a key in common with this one, once. */
export function eachCandidate(blocks: Blocks, register: number, tell: (other: number) => void): void {
  for (let rule = 0; rule < blocks.rules; rule++) {
    const key = blocks.keys[register * blocks.rules + rule] as number;
    if (key === 0) continue;
    for (const other of membersOf(blocks, rule, key)) {
      if (other !== register && firstRule(blocks, register, other, rule) === rule) tell(other);
    }
  }
}

/** Who has a key by a rule: found by halves, as an index of a base would. */
export function membersOf(blocks: Blocks, rule: number, key: number): Uint32Array {
  const order = blocks.order[rule] as Uint32Array;
  const keyAt = (at: number): number => blocks.keys[(order[at] as number) * blocks.rules + rule] as number;
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyAt(middle) < key) low = middle + 1;
    else high = middle;
  }
  const isThere = low < order.length && keyAt(low) === key;
  return order.subarray(low, isThere ? endOfBlock(blocks, rule, low) : low);
}

type Key = Pick<CappedBlock, 'rule' | 'key'>;

/**
 * Registers of blocks that have become too large, or are so no more: each of their pairs may have come or gone, as if they
 * had changed themselves.
 *
 * @param before blocks that were left out when the pairs were found that are known
 * @param after those that are left out now
 */
export function crossedCap(
  before: readonly Key[],
  after: readonly CappedBlock[],
  blocks: Blocks,
): readonly number[] {
  const nameOf = ({ rule, key }: Key): string => `${rule} ${key}`;
  const [known, now] = [new Set(before.map(nameOf)), new Set(after.map(nameOf))];
  return [
    ...after.filter((block) => !known.has(nameOf(block))).flatMap(({ registers }) => registers),
    ...before
      .filter((block) => !now.has(nameOf(block)))
      .flatMap(({ rule, key }) => [...membersOf(blocks, rule, key)]),
  ];
}
