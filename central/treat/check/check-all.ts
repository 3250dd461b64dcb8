import pLimit from 'p-limit';
import type { Base } from '../../base/base.ts';
import { type CheckedSubject, shared } from '../../base/national-layer/subject.ts';
import type { StepsOptions } from '../../base/steps.ts';
import type { Rule } from '../rules/rule.ts';
import { withEach } from '../with-each.ts';
import { checkSubject } from './check-subject.ts';
import { type Looked, lookedTogether } from './checked.ts';
import { lookAgain } from './look-again.ts';
import type { RuleBook } from './rule-book.ts';

/** The longest first. */
const sourceSubjects = ['custodiado', 'visitante', 'unidade', 'advogado', 'nascimento'] as const;

/** As of which day (`2026-01-31`), and how. */
export interface CheckAllOptions {
  readonly today: string;
  readonly signal: AbortSignal | undefined;
  /** How the steps of a subject are done. */
  readonly steps: (subject: string) => StepsOptions;
  /** Told of each key at which a rule failed; the error may quote a row. */
  readonly onFailed: (subject: string, rule: Rule, error: unknown) => void;
}

/**
 * Checks what waits for it of a source, or of the nation (`source` is empty), by the rules of a book. Where these are
 * others than the last time, what they may find something in is checked again.
 */
export async function checkAll(
  base: Base,
  source: string,
  book: RuleBook,
  { today, signal, steps, onFailed }: CheckAllOptions,
): Promise<Looked> {
  const which: readonly CheckedSubject[] = source === '' ? shared : sourceSubjects;
  const checked = await withEach(pLimit(base.atOnce), which, async (subject) => {
    const tell = (rule: Rule, error: unknown) => onFailed(subject, rule, error);
    const options = { source, subject, book, today, signal, onFailed: tell, ...steps(subject) };
    return [await lookAgain(base, options), await checkSubject(base, options)];
  });
  return lookedTogether(checked.flat());
}
