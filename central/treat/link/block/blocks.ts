import type { Columns } from '../registers/columns.ts';
import { uint32 } from '../registers/shared-arrays.ts';
import { orderByKey } from './order-by-key.ts';
import { type BlockingRule, keyOf } from './rules.ts';

/** Registers by the keys of all rules. */
export interface Blocks {
  readonly rules: number;
  /** Register by register, its key by each rule; 0 where it has none, or where too many have it. */
  readonly keys: Uint32Array;
  /** By rule, the registers that have a key, in the order of the keys. */
  readonly order: readonly Uint32Array[];
}

/** A block that is left out as a whole, since more registers have its key than the cap allows. */
export interface CappedBlock {
  /** Place of the rule. */
  readonly rule: number;
  readonly key: number;
  readonly registers: readonly number[];
}

export interface CappedBlocks extends Blocks {
  readonly capped: readonly CappedBlock[];
}

/** Whether a block is left out; `size` is of those registers that are here. */
export type IsLeftOut = (rule: number, key: number, size: number) => boolean;

/**
 * @param cap registers of one key; or of registers that are not all there are, what is known of the others: which blocks
 *   are too large
 */
export function makeBlocks(
  columns: Columns,
  rules: readonly BlockingRule[],
  cap: number | IsLeftOut,
): CappedBlocks {
  const isLeftOut: IsLeftOut = typeof cap === 'number' ? (_rule, _key, size) => size > cap : cap;
  const { count } = columns;
  const keys = uint32(count * rules.length);
  const order: Uint32Array[] = [];
  const capped: CappedBlock[] = [];
  const own = new Uint32Array(count);
  for (const [place, rule] of rules.entries()) {
    const key = keyOf(rule, columns);
    for (let register = 0; register < count; register++) own[register] = key(register);
    let ordered = orderByKey(own);
    const tooLarge = takeLarge(own, ordered, (key, size) => isLeftOut(place, key, size));
    if (tooLarge.length > 0) ordered = orderByKey(own);
    for (const [key, registers] of tooLarge) capped.push({ rule: place, key, registers });
    for (let register = 0; register < count; register++)
      keys[register * rules.length + place] = own[register] as number;
    order.push(ordered);
  }
  return { rules: rules.length, keys, order, capped };
}

/** Takes the key from the registers of too large blocks. */
function takeLarge(
  keys: Uint32Array,
  order: Uint32Array,
  isLeftOut: (key: number, size: number) => boolean,
): (readonly [key: number, registers: readonly number[]])[] {
  const taken: (readonly [number, readonly number[]])[] = [];
  for (let from = 0; from < order.length; ) {
    const key = keys[order[from] as number] as number;
    let to = from + 1;
    while (to < order.length && keys[order[to] as number] === key) to++;
    if (isLeftOut(key, to - from)) {
      const registers = [...order.subarray(from, to)];
      for (const register of registers) keys[register] = 0;
      taken.push([key, registers]);
    }
    from = to;
  }
  return taken;
}

/** Where the block ends that begins at a place of a rule's order. */
export function endOfBlock({ keys, rules, order }: Blocks, rule: number, from: number): number {
  const ordered = order[rule] as Uint32Array;
  const key = keys[(ordered[from] as number) * rules + rule];
  let to = from + 1;
  while (to < ordered.length && keys[(ordered[to] as number) * rules + rule] === key) to++;
  return to;
}
