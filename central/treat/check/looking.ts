import type { Questions } from '../../base/base.ts';
import type { Scope } from '../../base/national-layer/queue.ts';
import type { RuleBook } from './rule-book.ts';
import type { Verdicts } from './verdicts.ts';

/** Looks at all keys of a scope by all rules that are for it. Returns how many keys there were. */
export type Look = (
  questions: Questions,
  scope: Scope,
  source: string,
  book: RuleBook,
  verdicts: Verdicts,
) => Promise<number>;
