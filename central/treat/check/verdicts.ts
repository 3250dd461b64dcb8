import type { Failure, Finding } from '../../base/national-layer/findings.ts';
import type { TreatedRow } from '../../base/national-layer/read-rows.ts';
import { Calendar } from '../rules/calendar.ts';
import type { Hit, RowRule, Rule, Shown } from '../rules/rule.ts';

/** Findings that are in memory at once. */
const inMemory = 10_000;

/** What comes of looking at the keys of a scope, one after the other. */
export class Verdicts {
  /** Those that were not handed on yet. */
  readonly findings: Finding[] = [];
  readonly failures: Failure[] = [];
  /** By key, the day on which to look again. */
  readonly due = new Map<string, string>();
  readonly calendar: Calendar;
  readonly #source: string;

  readonly #stage: (findings: readonly Finding[]) => Promise<void>;

  /**
   * @param source whose rows are found, where a rule does not say
   * @param stage takes findings out of memory
   */
  constructor(source: string, today: string, stage: (findings: readonly Finding[]) => Promise<void>) {
    this.#source = source;
    this.#stage = stage;
    this.calendar = new Calendar(today);
  }

  /** What a rule finds in one of the rows of a key. */
  addRow(rule: RowRule, key: string, row: TreatedRow, shown: Shown): void {
    const before = this.findings.length;
    try {
      const items = rule.find(row as never, this.calendar, shown);
      if (items.length === 0) return;
      for (const item of items) this.#found(rule, { view: rule.view, id: row.id, item: item ?? '' }, key);
    } catch {
      this.#failed(rule, key, before);
    }
  }

  /** What a rule finds of a key. */
  add(rule: Rule, key: string, find: () => Iterable<Hit>): void {
    const before = this.findings.length;
    try {
      for (const hit of find()) this.#found(rule, hit, key);
    } catch {
      this.#failed(rule, key, before);
    }
  }

  #found({ code }: Rule, { view, id, item = '', source = this.#source }: Hit, key: string): void {
    this.findings.push({ rule: code, source, view, id, item, key });
  }

  /** It has not looked, and the others go on. What it threw may quote a row; nothing that it said of the key is believed. */
  #failed({ code }: Rule, key: string, before: number): void {
    this.findings.length = before;
    this.failures.push({ rule: code, key });
  }

  /** None of these rules can look at a key. */
  fail(rules: Iterable<Rule>, key: string): void {
    for (const { code } of rules) this.failures.push({ rule: code, key });
  }

  /** Hands on what was found, where it has become much. To be called between two keys, or visits of one. */
  async hand(): Promise<void> {
    if (this.findings.length < inMemory) return;
    await this.#stage(this.findings);
    this.findings.length = 0;
  }

  /** A key was looked at: what was asked about days that are still to come counts for it. */
  end(key: string): void {
    const next = this.calendar.takeNext();
    const known = this.due.get(key);
    if (next !== null && (known === undefined || next < known)) this.due.set(key, next);
  }
}
