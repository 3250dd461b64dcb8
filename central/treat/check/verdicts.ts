import { describeError } from '../../../shared/describe-error.ts';
import type { Failure } from '../../base/national-layer/failures.ts';
import type { Finding } from '../../base/national-layer/findings.ts';
import type { TreatedRow } from '../../base/national-layer/read-rows.ts';
import { Calendar } from '../rules/calendar.ts';
import type { Hit, RowRule, Rule, Shown } from '../rules/rule.ts';
import { formOf } from './rule-book.ts';

/** Findings and failures that are in memory at once. */
const inMemory = 10_000;

export interface VerdictsOptions {
  /** Whose rows are found, where a rule does not say. */
  readonly source: string;
  readonly today: string;
  /** Takes findings and failures out of memory. */
  readonly stage: (findings: readonly Finding[], failures: readonly Failure[]) => Promise<void>;
  /** Told of each key at which a rule failed, once; the error may quote a row. */
  readonly onFailed: (rule: Rule, error: unknown) => void;
}

/** What comes of looking at the keys of a scope, one after the other. */
export class Verdicts {
  /** Those that were not handed on yet. */
  readonly findings: Finding[] = [];
  /** Whether any were. */
  staged = false;
  readonly failures: Failure[] = [];
  /** By key, the day on which to look again. */
  readonly due = new Map<string, string>();
  readonly calendar: Calendar;
  readonly #options: VerdictsOptions;
  /** What failed at the key that is looked at: a rule fails at it once, however many rows it has. */
  #failedAt = '';
  readonly #failed = new Set<Rule>();

  constructor(options: VerdictsOptions) {
    this.#options = options;
    this.calendar = new Calendar(options.today);
  }

  /** What a rule finds in one of the rows of a key. */
  addRow(rule: RowRule, key: string, row: TreatedRow, shown: Shown): void {
    const before = this.findings.length;
    try {
      const items = rule.find(row as never, this.calendar, shown);
      if (items.length === 0) return;
      for (const item of items) this.#found(rule, { view: rule.view, id: row.id, item: item ?? '' }, key);
    } catch (error) {
      this.#threw(rule, key, before, error);
    }
  }

  /** What a rule finds of a key. */
  add(rule: Rule, key: string, find: () => Iterable<Hit>): void {
    const before = this.findings.length;
    try {
      for (const hit of find()) this.#found(rule, hit, key);
    } catch (error) {
      this.#threw(rule, key, before, error);
    }
  }

  #found({ code }: Rule, hit: Hit, key: string): void {
    const { view, id, item = '', source = this.#options.source } = hit;
    this.findings.push({ rule: code, source, view, id, item, key });
  }

  /**
   * It could not look, and the others go on. What it threw may quote a row. Nothing is believed that it said when it was
   * asked this; what it said of other rows of the key is.
   */
  #threw(rule: Rule, key: string, before: number, error: unknown): void {
    this.findings.length = before;
    if (this.#fail(rule, key, describeError(error))) this.#options.onFailed(rule, error);
  }

  /** None of these rules can look at a key. */
  fail(rules: Iterable<Rule>, key: string): void {
    for (const rule of rules) this.#fail(rule, key, null);
  }

  /** Whether it had not failed at this key before. */
  #fail(rule: Rule, key: string, error: object | null): boolean {
    if (this.#failedAt !== key) this.#failed.clear();
    this.#failedAt = key;
    if (this.#failed.has(rule)) return false;
    this.#failed.add(rule);
    const { code, view, version } = formOf(rule);
    this.failures.push({ rule: code, view, key, version, error });
    return true;
  }

  /** Hands on what was found, where it has become much. To be called between two keys, or visits of one. */
  async hand(): Promise<void> {
    if (this.findings.length + this.failures.length < inMemory) return;
    await this.#options.stage(this.findings, this.failures);
    this.staged = true;
    this.findings.length = 0;
    this.failures.length = 0;
  }

  /** A key was looked at: what was asked about days that are still to come counts for it. */
  end(key: string): void {
    const next = this.calendar.takeNext();
    const known = this.due.get(key);
    if (next !== null && (known === undefined || next < known)) this.due.set(key, next);
  }
}
