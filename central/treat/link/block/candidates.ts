import { type Blocks, endOfBlock } from './blocks.ts';
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
