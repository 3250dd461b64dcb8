import { hash } from 'node:crypto';
import { dictionaryMark } from '../../../shared/dictionary/dictionary-mark.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { enqueueMended } from '../../base/national-layer/failures.ts';
import { holdMark, moveMark } from '../../base/national-layer/marks.ts';
import { keyAfter } from '../../base/national-layer/next-key.ts';
import { enqueueKeys, holdLooking } from '../../base/national-layer/queue.ts';
import { type AskedRule, recordAsked, rulesAsked } from '../../base/national-layer/rule-marks.ts';
import { keptUnder } from '../../base/national-layer/subject.ts';
import { type Doubted, doubtedKeys } from '../../base/national-layer/suspects.ts';
import { sweepAll } from '../../base/national-layer/touched-subjects.ts';
import { inSteps } from '../../base/steps.ts';
import type { Rule } from '../rules/rule.ts';
import { checkScope } from './check-scope.ts';
import type { CheckOptions } from './check-subject.ts';
import { type Looked, lookedTogether } from './checked.ts';
import { type RuleBook, ruleBook } from './rule-book.ts';
import { subjectOf } from './subject-of.ts';

/**
 * The version of how rules are asked: one more whenever that changes; then all is checked again. What a single rule comes
 * to is in its own (`About.version`). `test/treat/recorded` sees both.
 */
export const checkingVersion = '3';

/** Of a step; of those that are suspected what the rule looks at is in memory. */
const mostKeys = 10_000;

const asAsked = ({ code, view, version = 1 }: Rule) => ({ code, view, version: String(version) });

/**
 * Where rules are others than the last time, has wait what is to be looked at again of a subject: all, as where they look
 * at other columns, or one is asked no more; of a rule that was mended, what it had failed at. Where each of them names
 * its suspects, these are looked at now, by it alone.
 */
export async function lookAgain(
  base: Base,
  { source, subject, book, today, onFailed, signal, first }: CheckOptions,
): Promise<Looked> {
  const under = keptUnder(subject, source);
  const rules = book.asked.filter((rule) => subjectOf(rule) === subject);
  const record = (tx: Transaction, of: readonly Rule[]) => recordAsked(tx, subject, under, of.map(asAsked));
  const parts = [checkingVersion, dictionaryMark(), book.fingerprint, ...alsoOf(subject, book)];
  const mark = { source: under, view: subject, step: 'regras', version: hash('sha256', parts.join(), 'hex') };
  const limits = { use: 'treating', signal } as const;
  const doubted = await base.transaction(async (tx) => {
    const { complete } = await holdMark(tx, mark);
    const before = await rulesAsked(tx, subject, under);
    const others = complete ? othersOf(rules, before, book.withheld) : null;
    if (others?.every(namesSuspects) === true) {
      await enqueueMended(tx, subject, under, book.forms);
      const remaining = rules.filter((rule) => !others.some((other) => other === rule));
      // Without those that are withheld: what is looked at meanwhile is not looked at by them.
      if (before.length > remaining.length) await record(tx, remaining);
      return others;
    }
    await sweepAll(tx, source, [subject]);
    await record(tx, rules);
    await moveMark(tx, mark, { change: '0', complete: true });
    return [];
  }, limits);
  const steps = { ...limits, ...(first === undefined ? {} : { first }) };
  const looked: Looked[] = [];
  for (const rule of doubted) {
    const alone = ruleBook([rule], book);
    looked.push(await lookAtDoubted(base, rule, { source, subject, book: alone, today, onFailed, ...steps }));
  }
  if (doubted.length > 0) await base.transaction((tx) => record(tx, rules), limits);
  return lookedTogether(looked);
}

/** What else findings of a subject depend on. */
function alsoOf(subject: CheckOptions['subject'], { among, automatic }: RuleBook): readonly number[] {
  if (subject === 'nascimento') return [among];
  return subject === 'pessoas' ? [automatic] : [];
}

const namesSuspects = (rule: Rule): rule is Rule & Doubted => rule.suspects !== undefined;

/**
 * The rules that are others than those before, or were not among them; null where one of those is asked no more: what it
 * had found, and on which day that was to be looked at again, is anywhere.
 */
function othersOf(
  rules: readonly Rule[],
  before: readonly AskedRule[],
  withheld: readonly Rule[],
): readonly Rule[] | null {
  const nameOf = ({ code, view }: Pick<AskedRule, 'code' | 'view'>) => `${code} ${view}`;
  const known = new Set([...rules, ...withheld].map(nameOf));
  if (before.some((rule) => !known.has(nameOf(rule)))) return null;
  const versions = new Map(before.map((rule) => [nameOf(rule), rule.version]));
  return rules.filter((rule) => versions.get(nameOf(rule)) !== asAsked(rule).version);
}

/** Asks a rule at all keys where it may find other than it did, in steps; keys at which any failed wait for all rules. */
async function lookAtDoubted(
  base: Base,
  rule: Doubted,
  { source, subject, book, today, onFailed, ...steps }: CheckOptions,
): Promise<Looked> {
  const under = keptUnder(subject, source);
  let after: string | null = null;
  let ended = false;
  const looked: Looked[] = [];
  const step = async (tx: Transaction, most: number): Promise<number> => {
    if (ended) return 0;
    await holdLooking(tx, subject, under);
    const upTo = await keyAfter(tx, subject, under, after, most - 1);
    const { suspected: keys, failed } = await doubtedKeys(tx, { subject, under, after, upTo }, rule);
    await enqueueKeys(tx, subject, under, failed);
    if (keys.length > 0) {
      const options = { source, book, today, onFailed, beside: true };
      const { replaced } = await checkScope(tx, { subject, under, keys }, options);
      looked.push({ looked: keys.length, replaced });
    }
    [after, ended] = [upTo, upTo === null];
    return upTo === null ? 1 : most;
  };
  await inSteps(base, step, { ...steps, largest: mostKeys });
  return lookedTogether(looked);
}
