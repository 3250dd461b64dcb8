import { hash } from 'node:crypto';
import pLimit from 'p-limit';
import { dictionaryMark } from '../../../shared/dictionary/dictionary-mark.ts';
import type { Base } from '../../base/base.ts';
import { enqueueMended } from '../../base/national-layer/failures.ts';
import { holdMark, moveMark } from '../../base/national-layer/marks.ts';
import { keptUnder, sharedSubjects } from '../../base/national-layer/subject.ts';
import { sweepAll } from '../../base/national-layer/touched-subjects.ts';
import type { StepsOptions } from '../../base/steps.ts';
import { thresholds as linkThresholds } from '../link/model/thresholds.ts';
import type { Rule } from '../rules/rule.ts';
import { withEach } from '../with-each.ts';
import { checkSubject } from './check-subject.ts';
import { bySource, type Looked } from './checked.ts';
import type { RuleBook } from './rule-book.ts';

/**
 * The version of how rules are asked and what they come to: one more whenever that changes, which `test/treat/recorded`
 * sees; then all is checked again.
 */
export const checkingVersion = '3';

/** The longest first. */
const sourceSubjects = ['custodiado', 'visitante', 'unidade', 'advogado', 'nascimento'] as const;
type CheckedSubject = (typeof sourceSubjects | typeof sharedSubjects)[number];

/** What else findings of a subject depend on. */
function alsoOf(subject: CheckedSubject, { among }: RuleBook): readonly number[] {
  if (subject === 'nascimento') return [among];
  return subject === 'pessoas' ? [linkThresholds.automatic] : [];
}

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
 * others than the last time, or look at other columns, all is checked again; where one is mended, what it failed at.
 */
export async function checkAll(
  base: Base,
  source: string,
  book: RuleBook,
  { today, signal, steps, onFailed }: CheckAllOptions,
): Promise<Looked> {
  const which: readonly CheckedSubject[] = source === '' ? sharedSubjects : sourceSubjects;
  const checked = await withEach(pLimit(base.atOnce), which, async (subject) => {
    const also = alsoOf(subject, book);
    const version = hash(
      'sha256',
      [checkingVersion, dictionaryMark(), book.fingerprint, ...also].join(),
      'hex',
    );
    await base.transaction(
      async (tx) => {
        const mark = { source: keptUnder(subject, source), view: subject, step: 'regras', version };
        const { complete } = await holdMark(tx, mark);
        if (complete) return enqueueMended(tx, subject, mark.source, book.forms);
        await sweepAll(tx, source, [subject]);
        await moveMark(tx, mark, { change: '0', complete: true });
      },
      { use: 'treating', signal },
    );
    const tell = (rule: Rule, error: unknown) => onFailed(subject, rule, error);
    return checkSubject(base, { source, subject, book, today, onFailed: tell, ...steps(subject) });
  });
  return {
    looked: checked.reduce((sum, { looked }) => sum + looked, 0),
    replaced: bySource(checked.flatMap(({ replaced }) => replaced)),
  };
}
