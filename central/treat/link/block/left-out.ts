import type { CappedBlocks } from './blocks.ts';
import type { BlockingRule } from './rules.ts';

/** What the cap on blocks leaves out of a rule. */
export interface LeftOut {
  readonly rule: string;
  readonly blocks: number;
  readonly registers: number;
  /** Pairs that this rule would have found, and perhaps another has. */
  readonly pairs: number;
  readonly largest: number;
}

/** By rule, where anything was left out. */
export function leftOutOf({ capped }: CappedBlocks, rules: readonly BlockingRule[]): readonly LeftOut[] {
  return rules.flatMap(({ name }, place) => {
    const sizes = capped.filter(({ rule }) => rule === place).map(({ registers }) => registers.length);
    if (sizes.length === 0) return [];
    return {
      rule: name,
      blocks: sizes.length,
      registers: sizes.reduce((sum, size) => sum + size, 0),
      pairs: sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0),
      largest: Math.max(...sizes),
    };
  });
}
