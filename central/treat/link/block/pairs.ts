import { type Blocks, endOfBlock } from './blocks.ts';

/** Blocks that lie beside each other, of one rule. */
export interface BlockRange {
  readonly rule: number;
  /** Places in the rule's order. */
  readonly from: number;
  readonly to: number;
}

/** Cuts all blocks into ranges of about so many pairs, or of one block. */
export function blockRanges(blocks: Blocks, pairs: number): readonly BlockRange[] {
  const ranges: BlockRange[] = [];
  for (const [rule, { length }] of blocks.order.entries()) {
    let [begin, sum] = [0, 0];
    for (let from = 0; from < length; ) {
      const to = endOfBlock(blocks, rule, from);
      sum += ((to - from) * (to - from - 1)) / 2;
      if (sum >= pairs) {
        ranges.push({ rule, from: begin, to });
        [begin, sum] = [to, 0];
      }
      from = to;
    }
    if (sum > 0) ranges.push({ rule, from: begin, to: length });
  }
  return ranges;
}

/**
 * Tells each pair of a range that no earlier rule has found: of all ranges together, each pair once.
 *
 * @param earlier how many rules those are
 */
export function eachPair(
  blocks: Blocks,
  range: BlockRange,
  tell: (a: number, b: number) => void,
  earlier = range.rule,
): void {
  const order = blocks.order[range.rule] as Uint32Array;
  for (let from = range.from; from < range.to; ) {
    const to = endOfBlock(blocks, range.rule, from);
    for (let at = from; at < to; at++) {
      const a = order[at] as number;
      for (let other = at + 1; other < to; other++) {
        const b = order[other] as number;
        if (firstRule(blocks, a, b, earlier) === earlier) tell(a, b);
      }
    }
    from = to;
  }
}

/** The first rule by which two registers have a key in common, of those before `end`; `end` itself where there is none. */
export function firstRule({ keys, rules }: Blocks, a: number, b: number, end: number): number {
  const [ofA, ofB] = [a * rules, b * rules];
  for (let rule = 0; rule < end; rule++) {
    const key = keys[ofA + rule];
    if (key === keys[ofB + rule] && key !== 0) return rule;
  }
  return end;
}
